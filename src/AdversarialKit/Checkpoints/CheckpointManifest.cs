namespace AdversarialKit;

/// <summary>The manifest of a checkpoint: what is in it, and how to tell that it is whole.</summary>
internal sealed record CheckpointManifest
{
    public const int CurrentFormat = 1;

    public required int FormatVersion { get; init; }

    /// <summary>The version of the library that wrote it.</summary>
    public required string Library { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>
    /// Counts the checkpoints of a root. Iterations do not tell which one is newer: a run that went back to an earlier
    /// checkpoint writes smaller iterations later.
    /// </summary>
    public required long Sequence { get; init; }

    public required long Iteration { get; init; }

    public required string Description { get; init; }

    public double? Metric { get; init; }

    public required IReadOnlyList<CheckpointFile> Files { get; init; }

    public required IReadOnlyDictionary<string, string> Values { get; init; }
}
