namespace AdversarialKit;

/// <summary>Passes progress on, and ends the work where the run is cancelled.</summary>
internal sealed class EvaluationProgress(IProgress<double>? progress, CancellationToken token) : IProgress<double>
{
    public void Report(double value)
    {
        token.ThrowIfCancellationRequested();
        progress?.Report(value);
    }
}
