namespace AdversarialKit;

/// <summary>The number that <c>best</c> goes by.</summary>
/// <param name="Value">The number.</param>
/// <param name="Name">What was measured, where it has a name: numbers of two names do not compare.</param>
/// <param name="BeginsRun">Whether checkpoints that lie there already are another run's, whose best is none of this one.</param>
internal readonly record struct CheckpointMetric(double? Value, string? Name = null, bool BeginsRun = false)
{
    /// <summary>Of the name among a manifest's values.</summary>
    public const string Key = "metric";
}
