namespace AdversarialKit;

/// <summary>Something that watches a run: a log, a report, an evaluation.</summary>
/// <remarks>Called on the training thread, outside the step's scope. An exception stops the run and reaches the caller of Fit.</remarks>
public interface ITrainingCallback
{
    /// <summary>Every how many iterations <see cref="OnProgress"/> is called, at least 1. Default: 1.</summary>
    int Interval => 1;

    /// <summary>Called once, before the first iteration.</summary>
    /// <param name="gan">The GAN.</param>
    /// <param name="options">How it is trained.</param>
    void OnStart(Gan gan, FitOptions options)
    {
    }

    /// <summary>Called after every <see cref="Interval"/> iterations.</summary>
    /// <param name="gan">The GAN.</param>
    /// <param name="progress">Where the run stands.</param>
    void OnProgress(Gan gan, TrainingProgress progress);

    /// <summary>Called once, after the last iteration.</summary>
    /// <param name="gan">The GAN.</param>
    /// <param name="result">How the run ended.</param>
    void OnEnd(Gan gan, FitResult result)
    {
    }
}
