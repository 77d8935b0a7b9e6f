namespace AdversarialKit;

/// <summary>Which checkpoints lie below a root.</summary>
internal static class CheckpointListing
{
    /// <summary>The checkpoints whose manifest can be read, the newest first; the others are reported.</summary>
    public static IReadOnlyList<(string Directory, CheckpointManifest Manifest)> NewestFirst(
        string root, ICollection<CheckpointException> faults)
    {
        var found = new List<(string Directory, CheckpointManifest Manifest)>();
        foreach (var directory in Directories(root))
        {
            try
            {
                found.Add((directory, ManifestFile.Read(directory)));
            }
            catch (CheckpointException fault)
            {
                faults.Add(fault);
            }
        }

        // A run that was killed between rename and pointer leaves a checkpoint whose number is given out again.
        return [.. found.OrderByDescending(entry => entry.Manifest.Sequence)
            .ThenByDescending(entry => entry.Manifest.Iteration)
            .ThenByDescending(entry => entry.Directory.Length)
            .ThenByDescending(entry => entry.Directory, StringComparer.Ordinal)];
    }

    public static IReadOnlyList<string> Directories(string root) =>
        Directory.Exists(root)
            ? [.. Directory.EnumerateDirectories(root).Where(path => CheckpointNames.IsDirectory(Path.GetFileName(path)))]
            : [];
}
