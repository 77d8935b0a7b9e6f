namespace AdversarialKit;

/// <summary>How a run ended.</summary>
public sealed record FitResult
{
    /// <summary>Why it ended.</summary>
    public StopReason Reason { get; init; }

    /// <summary>Iterations completed.</summary>
    public long Iterations { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What the last iteration measured.</summary>
    public StepResult Last { get; init; }

    /// <summary>What the doctor found.</summary>
    public IReadOnlyList<Diagnosis> Diagnoses { get; init; } = [];

    /// <summary>The last checkpoint; null if there is none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>What happened, in a sentence; null if there is nothing to say.</summary>
    public string? Message { get; init; }
}
