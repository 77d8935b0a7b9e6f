namespace AdversarialKit;

/// <summary>Pictures of one name in two folders, whatever their endings.</summary>
internal sealed class AlignedFolders : IPairSource
{
    private readonly ImageReader _sources;
    private readonly ImageReader _targets;

    /// <exception cref="ArgumentException">A picture has no partner.</exception>
    public AlignedFolders(string sources, string targets, ImageFolderOptions options)
    {
        var (from, to) = (FolderListing.Read(sources), FolderListing.Read(targets));
        RequirePartners(from, to);
        RequirePartners(to, from);
        // Each keeps half of what the cache may take.
        var half = options with { CacheBytes = options.CacheBytes / 2 };
        (_sources, _targets) = (new ImageReader(Ordered(from), half), new ImageReader(Ordered(to), half));
        (Count, Digest) = (from.Names.Count, from.Digest() ^ long.RotateLeft(to.Digest(), 1));
    }

    public int Count { get; }

    public long Digest { get; }

    public bool AreAligned => true;

    public IReadOnlyList<BrokenImage> Broken => [.. _sources.Broken, .. _targets.Broken];

    public (byte[] Source, byte[] Target) Read(int index, ref SplitMix random)
    {
        // Where one side of a pair is broken both give way to the next pair that is whole.
        for (var tried = 0; tried < Count; tried++)
        {
            var (source, sourceIndex) = _sources.Read((index + tried) % Count);
            var (target, targetIndex) = _targets.Read((index + tried) % Count);
            if (sourceIndex == targetIndex)
            {
                return (source, target);
            }
        }

        throw new ImageFileException(Broken[0].Path, $"{Broken[0].Reason}, and none of the {Count} pairs is whole");
    }

    private static FolderListing Ordered(FolderListing listing) =>
        listing with { Names = [.. listing.Names.OrderBy(Stem, StringComparer.Ordinal)] };

    private static string Stem(string name) => Path.ChangeExtension(name, null);

    private static void RequirePartners(FolderListing some, FolderListing others)
    {
        var twice = some.Names.GroupBy(Stem).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException(
                $"'{some.Root}' has {twice.Count()} pictures named '{twice.Key}', and a pair has one in each folder. Keep one of them.",
                nameof(some));
        }

        var known = others.Names.Select(Stem).ToHashSet();
        if (some.Names.FirstOrDefault(name => !known.Contains(Stem(name))) is { } lonely)
        {
            throw new ArgumentException(
                $"'{Path.Combine(some.Root, lonely)}' has no partner of its name in '{others.Root}'. Add or remove it, or use Batches.FromUnpairedImages.",
                nameof(some));
        }
    }
}
