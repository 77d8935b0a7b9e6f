namespace AdversarialKit;

/// <summary>What a step consists of, before it is compiled.</summary>
internal sealed record StepPlan
{
    public required string Name { get; init; }

    /// <summary>Runs once for the whole batch, before anything is recorded: what it sets or shares is parted with the batch.</summary>
    public Action<StepContext>? Prepare { get; init; }

    /// <summary>The objectives, each with an update of its own: one, except where two updates share a batch as in Keras.</summary>
    public required IReadOnlyList<Action<StepContext>> Objectives { get; init; }

    /// <summary>How often the step comes in an iteration, each time with a batch of its own.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Forward and backward passes per update.</summary>
    public int MicroBatches { get; init; } = 1;

    /// <summary>Samples that stay together where a batch is parted.</summary>
    public int Together { get; init; } = 1;

    public GradientClipping? Clipping { get; init; }

    public bool MeasuresNorm { get; init; } = true;

    /// <summary>The bound on each weight after an update.</summary>
    public double? WeightLimit { get; init; }

    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>The name of the step's counter in checkpoints; null where it is the iteration itself.</summary>
    public string? Counter { get; init; }
}
