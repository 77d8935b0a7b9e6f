using AdversarialKit;

namespace MnistGan;

/// <summary>Hands each iteration's numbers to the display.</summary>
internal sealed class DisplayCallback(IProgressDisplay display) : ITrainingCallback
{
    public void OnProgress(Gan gan, TrainingProgress progress) => display.Report(
        progress.Iteration, progress.Step.Discriminator.Loss, progress.Step.Discriminator.Accuracy, progress.Step.Generator.Loss);

    public void OnEvaluation(Gan gan, EvaluationResult evaluation) => display.Evaluated(evaluation);
}
