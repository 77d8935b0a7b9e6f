namespace AdversarialKit;

/// <summary>What a checkpoint is to hold.</summary>
internal sealed record CheckpointContent
{
    public required long Iteration { get; init; }

    /// <summary>What was built, for people who read the manifest.</summary>
    public required string Description { get; init; }

    /// <summary>The groups of named tensors, such as <c>generator</c>: a file each. Lower-case letters, digits and hyphens.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Tensor>> Groups { get; init; }

    /// <summary>Anything that is no tensor: counters, settings, positions.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The value that <c>best</c> goes by; null or not finite if there is none.</summary>
    public double? Metric { get; init; }

    /// <summary>Whether the checkpoints that are there already are another run's, whose best is none of this one.</summary>
    public bool BeginsRun { get; init; }
}
