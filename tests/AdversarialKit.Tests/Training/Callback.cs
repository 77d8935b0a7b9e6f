namespace AdversarialKit.Tests.Training;

internal sealed class Callback(Action<Gan, TrainingProgress> onProgress) : ITrainingCallback
{
    public int Interval { get; init; } = 1;

    public bool Started { get; private set; }

    public FitResult? Result { get; private set; }

    public void OnStart(Gan gan, FitOptions options) => Started = true;

    public void OnProgress(Gan gan, TrainingProgress progress) => onProgress(gan, progress);

    public void OnEnd(Gan gan, FitResult result) => Result = result;
}
