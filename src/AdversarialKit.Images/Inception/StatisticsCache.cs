namespace AdversarialKit;

/// <summary>Keeps statistics in files that are named by what they were made of.</summary>
internal static class StatisticsCache
{
    /// <param name="folder">Where they are kept; null for nowhere.</param>
    /// <param name="digest">Names what the statistics are made of. Asked for where there is a folder.</param>
    /// <param name="make">Fills the statistics.</param>
    public static FeatureStatistics FindOrMake(string? folder, Func<string> digest, Action<FeatureStatistics> make)
    {
        if (folder is null)
        {
            return Make(make);
        }

        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"frechet-{digest()}.safetensors");
        if (Find(path) is { } found)
        {
            return found;
        }

        var statistics = Make(make);
        statistics.Save(path);
        return statistics;
    }

    private static FeatureStatistics Make(Action<FeatureStatistics> make)
    {
        var statistics = new FeatureStatistics();
        try
        {
            make(statistics);
            return statistics;
        }
        catch
        {
            statistics.Dispose();
            throw;
        }
    }

    private static FeatureStatistics? Find(string path)
    {
        try
        {
            return File.Exists(path) ? FeatureStatistics.Load(path) : null;
        }
        catch (CheckpointException)
        {
            // Damaged on the disk: it is made again, and replaced.
            return null;
        }
    }
}
