namespace AdversarialKit;

/// <summary>
/// Takes part in <c>Gan.Fit</c>: gets plain numbers and the GAN, on the thread that trains, between two iterations. A
/// callback may wait for another thread that uses the GAN, which is free meanwhile. One that throws ends the run with its exception, unless
/// it is an observer; where checkpoints are written, the finished iteration is written first.
/// </summary>
public interface ITrainingCallback
{
    /// <summary>How many iterations lie between two calls of <see cref="OnProgress"/>.</summary>
    /// <value>At least 1; 1 by default: every iteration. It is called at the iterations that this number divides.</value>
    int Interval => 1;

    /// <summary>
    /// Whether it only looks on: then no exception of its ends the run. The first one is logged (event 20) and is in
    /// <see cref="FitResult.CallbackFaults"/>, and it is called again when due. Before the first iteration, in
    /// <see cref="OnStart"/>, it may still throw.
    /// </summary>
    /// <value>False by default.</value>
    bool IsObserver => false;

    /// <summary>Called once before the first iteration.</summary>
    /// <param name="gan">The GAN. It may sample here and in the other calls; it may not train.</param>
    /// <param name="options">What the run was asked for.</param>
    void OnStart(Gan gan, FitOptions options)
    {
    }

    /// <summary>Called after an iteration, before its checkpoint is written.</summary>
    /// <param name="gan">The GAN. Samples drawn here are drawn again, the same ones, by a run that resumes before this iteration.</param>
    /// <param name="progress">Where the run stands.</param>
    void OnProgress(Gan gan, TrainingProgress progress);

    /// <summary>Called after each evaluation that <see cref="FitOptions.Evaluation"/> asks for, before the <see cref="OnProgress"/> of its iteration.</summary>
    /// <param name="gan">The GAN, with the weights that were judged.</param>
    /// <param name="evaluation">The figures.</param>
    void OnEvaluation(Gan gan, EvaluationResult evaluation)
    {
    }

    /// <summary>
    /// Called once after the last iteration and its checkpoint, whatever the reason; not where an exception ends the run. All
    /// callbacks are called, also where one throws.
    /// </summary>
    /// <param name="gan">The GAN.</param>
    /// <param name="result">How the run ended.</param>
    void OnEnd(Gan gan, FitResult result)
    {
    }
}
