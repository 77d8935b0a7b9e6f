namespace MnistGan;

/// <summary>Shows a share of work on a status line, on the thread that reports it.</summary>
internal sealed class StatusProgress(StatusLine status, string what) : IProgress<double>
{
    public void Report(double value) => status.Show(FormattableString.Invariant($"{what}: {100 * value:F0} %"));
}
