namespace AdversarialKit;

/// <summary>What was loaded.</summary>
public sealed record CheckpointInfo
{
    /// <summary>The checkpoint's directory.</summary>
    public required string Path { get; init; }

    /// <summary>Iterations that the run had completed.</summary>
    public required long Iteration { get; init; }

    /// <summary>When it was written, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The version of the library that wrote it.</summary>
    public required string Library { get; init; }

    /// <summary>What had been built, in words.</summary>
    public required string Description { get; init; }

    /// <summary>
    /// The number of torch's threads that it was written with; null where it says none. A resumed run has the bits of the unbroken one with this
    /// number alone: <c>torch.set_num_threads</c> sets it.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>The metric that <c>best</c> goes by; null where none was measured.</summary>
    public double? Metric { get; init; }

    /// <summary>The newer checkpoints that were passed over because they are faulty; empty unless falling back was asked for.</summary>
    public IReadOnlyList<CheckpointException> Skipped { get; init; } = [];
}
