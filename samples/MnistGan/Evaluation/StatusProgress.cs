namespace MnistGan;

/// <summary>Shows a share of work on a status line, on the thread that reports it, and ends the work when it is to stop.</summary>
internal sealed class StatusProgress(StatusLine status, string what, CancellationToken token) : IProgress<double>
{
    public void Report(double value)
    {
        token.ThrowIfCancellationRequested();
        status.Show(FormattableString.Invariant($"{what}: {100 * value:F0} %"));
    }
}
