namespace AdversarialKit;

/// <summary>Where a run stands, as plain numbers.</summary>
public sealed record TrainingProgress
{
    /// <summary>Iterations completed, those of an earlier run included.</summary>
    public required long Iteration { get; init; }

    /// <summary>The iteration at which the run ends; 0 if unknown.</summary>
    public long TotalIterations { get; init; }

    /// <summary>What the last iteration measured.</summary>
    public StepResult Step { get; init; }

    /// <summary>The time since this run began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Iterations a second.</summary>
    public double IterationsPerSecond { get; init; }

    /// <summary>The time that the rest will take; null if unknown.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>The discriminator's learning rate.</summary>
    public double DiscriminatorLearningRate { get; init; }

    /// <summary>The generator's learning rate.</summary>
    public double GeneratorLearningRate { get; init; }

    /// <summary>Real samples that the discriminator has seen.</summary>
    public long SamplesSeen { get; init; }

    /// <summary>What the doctor found.</summary>
    public IReadOnlyList<Diagnosis> Diagnoses { get; init; } = [];
}
