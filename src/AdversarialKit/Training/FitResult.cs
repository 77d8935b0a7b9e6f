namespace AdversarialKit;

/// <summary>How a run ended.</summary>
public sealed record FitResult
{
    /// <summary>Why it ended.</summary>
    public StopReason Reason { get; init; }

    /// <summary>Iterations completed since the GAN's first, those of earlier runs included.</summary>
    public long Iterations { get; init; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What the last iteration of a GAN measured; all zero where the run made none, or where the system is another.</summary>
    public StepResult Last { get; init; }

    /// <summary>What the last iteration measured, step by step and by name; null where the run made none.</summary>
    public IterationResult? LastResult { get; init; }

    /// <summary>All that was found wrong during the run, in the order of finding, also what passed again.</summary>
    public IReadOnlyList<Diagnosis> Diagnoses { get; init; } = [];

    /// <summary>All evaluations since the GAN's first iteration, those of earlier runs included, in the order of iterations.</summary>
    public IReadOnlyList<EvaluationResult> Evaluations { get; init; } = [];

    /// <summary>The best evaluation by <see cref="EvaluationOptions.Best"/>; null where there was none.</summary>
    public EvaluationResult? Best { get; init; }

    /// <summary>The directory of the newest checkpoint that this GAN wrote or was loaded from; null where there is none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>What callbacks failed at that only look on, each a sentence; empty where all is well. See <see cref="ITrainingCallback.IsObserver"/>.</summary>
    public IReadOnlyList<string> CallbackFaults { get; init; } = [];

    /// <summary>
    /// How it ended, in a sentence: where data ended before the iterations that were asked for, how many were made; for
    /// <see cref="StopReason.Diverged"/> the iteration, the quantity and its value, and the last good checkpoint.
    /// </summary>
    /// <value>Never null or empty in what <c>Fit</c> returns.</value>
    public string? Message { get; init; }
}
