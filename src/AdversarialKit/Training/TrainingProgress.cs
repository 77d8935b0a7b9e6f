namespace AdversarialKit;

/// <summary>Where a run stands after an iteration: plain numbers, which any thread may read and keep.</summary>
public sealed record TrainingProgress
{
    /// <summary>Iterations completed since the GAN's first, those of earlier runs included.</summary>
    public required long Iteration { get; init; }

    /// <summary>The iteration that the run goes to; 0 where it is not known.</summary>
    public long TotalIterations { get; init; }

    /// <summary>What the iteration of a GAN measured; all zero for another system, see <see cref="Result"/>.</summary>
    public StepResult Step { get; init; }

    /// <summary>What the iteration measured, step by step and by name; null before the first.</summary>
    public IterationResult? Result { get; init; }

    /// <summary>The learning rate of each step in this iteration, by the step's name; NaN where an optimizer of one's own has none.</summary>
    public IReadOnlyDictionary<string, double> LearningRates { get; init; } = new Dictionary<string, double>();

    /// <summary>Time since this run began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Iterations per second over the last seconds, evaluations not counted; 0 before there is a measurement.</summary>
    public double IterationsPerSecond { get; init; }

    /// <summary>Time to the last iteration at this rate, or to the time limit where that comes first; null where neither is known.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>The discriminator's learning rate in this iteration; NaN where an optimizer of one's own has none.</summary>
    public double DiscriminatorLearningRate { get; init; }

    /// <summary>The generator's learning rate in this iteration; NaN where an optimizer of one's own has none.</summary>
    public double GeneratorLearningRate { get; init; }

    /// <summary>Real samples shown to the discriminator since the GAN's first iteration, repeated ones included.</summary>
    public long SamplesSeen { get; init; }

    /// <summary>The newest evaluation, perhaps of an earlier run; null where there was none.</summary>
    public EvaluationResult? Evaluation { get; init; }

    /// <summary>What is wrong at present; empty where nothing is known to be.</summary>
    public IReadOnlyList<Diagnosis> Diagnoses { get; init; } = [];
}
