namespace AdversarialKit;

/// <summary>Classes by the folders right below the root.</summary>
/// <param name="Names">The classes' names, ordered by their code units.</param>
/// <param name="Labels">The class of each picture.</param>
internal sealed record FolderClasses(IReadOnlyList<string> Names, IReadOnlyList<long> Labels)
{
    /// <exception cref="ArgumentException">A picture lies in no subfolder.</exception>
    public static FolderClasses Of(FolderListing listing)
    {
        var loose = listing.Names.FirstOrDefault(name => !name.Contains('/', StringComparison.Ordinal));
        if (loose is not null)
        {
            throw new ArgumentException(
                $"'{Path.Combine(listing.Root, loose)}' lies in no subfolder and so has no class. Move it into one, or leave " +
                $"{nameof(ImageFolderOptions.LabelsFromFolders)} off.",
                nameof(listing));
        }

        var folders = listing.Names.Select(name => name[..name.IndexOf('/', StringComparison.Ordinal)]).ToArray();
        var names = folders.Distinct().Order(StringComparer.Ordinal).ToArray();
        var numbers = names.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => (long)pair.number);
        return new FolderClasses(names, [.. folders.Select(folder => numbers[folder])]);
    }
}
