namespace AdversarialKit;

/// <summary>
/// Takes part in the training of any <see cref="AdversarialSystem"/>, a GAN's included: as <see cref="ITrainingCallback"/>, with the system
/// in place of the GAN. On a GAN it is given <see cref="Gan.System"/>.
/// </summary>
public interface ISystemCallback : ITrainingCallback
{
    /// <summary>Called once before the first iteration.</summary>
    /// <param name="system">The system. It may be sampled from here and in the other calls; it may not be trained.</param>
    /// <param name="options">What the run was asked for.</param>
    void OnStart(AdversarialSystem system, FitOptions options)
    {
    }

    /// <summary>Called after an iteration, before its checkpoint is written.</summary>
    /// <param name="system">The system.</param>
    /// <param name="progress">Where the run stands; <see cref="TrainingProgress.Result"/> has the numbers of each step.</param>
    void OnProgress(AdversarialSystem system, TrainingProgress progress);

    /// <summary>Called after each evaluation, before the <c>OnProgress</c> of its iteration.</summary>
    /// <param name="system">The system, with the weights that were judged.</param>
    /// <param name="evaluation">The figures.</param>
    void OnEvaluation(AdversarialSystem system, EvaluationResult evaluation)
    {
    }

    /// <summary>Called once after the last iteration and its checkpoint, whatever the reason; not where an exception ends the run.</summary>
    /// <param name="system">The system.</param>
    /// <param name="result">How the run ended.</param>
    void OnEnd(AdversarialSystem system, FitResult result)
    {
    }

    void ITrainingCallback.OnStart(Gan gan, FitOptions options) => OnStart(gan.System, options);

    void ITrainingCallback.OnProgress(Gan gan, TrainingProgress progress) => OnProgress(gan.System, progress);

    void ITrainingCallback.OnEvaluation(Gan gan, EvaluationResult evaluation) => OnEvaluation(gan.System, evaluation);

    void ITrainingCallback.OnEnd(Gan gan, FitResult result) => OnEnd(gan.System, result);
}
