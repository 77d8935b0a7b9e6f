namespace AdversarialKit;

/// <summary>How long a run goes on, and what goes along with it.</summary>
public sealed record FitOptions
{
    /// <summary>The iteration to go to, counted from the GAN's first: a resumed run says the same number as the first one.</summary>
    /// <value>0 by default: no such end.</value>
    public long Iterations { get; init; }

    /// <summary>
    /// The epochs to go to, counted from the GAN's first, in place of <see cref="Iterations"/>. An epoch is as many batches
    /// as <see cref="IBatchSource.BatchesPerEpoch"/> says; an iteration takes one for each discriminator step.
    /// </summary>
    /// <value>0 by default: no such end.</value>
    public int Epochs { get; init; }

    /// <summary>Ends the run after the first iteration that passes this time.</summary>
    /// <value>Null by default: no limit.</value>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>What is called between iterations, in this order.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<ITrainingCallback> Callbacks { get; init; } = [];

    /// <summary>Where and how often checkpoints are written.</summary>
    /// <value>Null by default: none are.</value>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>What the samples are judged by, and how often.</summary>
    /// <value>Null by default: they are not.</value>
    public EvaluationOptions? Evaluation { get; init; }

    /// <summary>Whether to look out for the ways in which training fails; see <see cref="DiagnosisKind"/>.</summary>
    /// <value>
    /// True by default. Looking does not change a run: every 500 iterations a few samples are drawn from latents of their own.
    /// Losses that are not finite end a run whether or not this is set.
    /// </value>
    public bool Doctor { get; init; } = true;

    /// <summary>Iterations between two reports to the log (level Debug) and to who enumerates <c>FitAsync</c>.</summary>
    /// <value>At least 1; 100 by default.</value>
    public int ProgressInterval { get; init; } = 100;

    /// <summary>These options with folders that stay where they are, should the process change its working directory.</summary>
    internal FitOptions WithFullPaths() => Checkpoints is null
        ? this
        : this with { Checkpoints = Checkpoints with { Directory = Path.GetFullPath(Checkpoints.Directory) } };
}
