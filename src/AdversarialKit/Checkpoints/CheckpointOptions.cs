namespace AdversarialKit;

/// <summary>Where and how often a run writes checkpoints.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The directory that gets a directory for each checkpoint; made where missing. One run has it to itself.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Iterations between two checkpoints. One more is written when the run ends, unless it diverged, and when a callback
    /// throws.
    /// </summary>
    /// <value>At least 1; 1000 by default.</value>
    public long Interval { get; init; } = 1000;

    /// <summary>Which checkpoints stay.</summary>
    public CheckpointRetention Retention { get; init; } = new();

    /// <summary>
    /// Measures the GAN before a checkpoint is written, such as a distance to the real samples; the best by it is kept. It
    /// must not train.
    /// </summary>
    /// <value>Null by default: none is the best.</value>
    public Func<Gan, double>? Metric { get; init; }

    /// <summary>The same for a system that is no GAN. It must not train.</summary>
    /// <value>Null by default: none is the best.</value>
    public Func<AdversarialSystem, double>? SystemMetric { get; init; }

    /// <summary>What happens where a checkpoint cannot be written, such as on a full disk.</summary>
    /// <value><see cref="CheckpointFailure.Stop"/> by default.</value>
    public CheckpointFailure OnFailure { get; init; }
}
