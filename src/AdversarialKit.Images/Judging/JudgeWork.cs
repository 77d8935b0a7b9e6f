namespace AdversarialKit;

/// <summary>One piece of work: tells how far it is, and ends it when it is to stop.</summary>
internal sealed class JudgeWork(IProgress<JudgeProgress>? progress, string what, CancellationToken token) : IProgress<double>
{
    public void Report(double value)
    {
        token.ThrowIfCancellationRequested();
        progress?.Report(new JudgeProgress(what, value));
    }
}
