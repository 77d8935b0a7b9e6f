namespace AdversarialKit;

/// <summary>Reports the progress of a part as progress of the whole.</summary>
internal sealed class ShiftedProgress(IProgress<double> whole, double from, double share) : IProgress<double>
{
    public void Report(double value) => whole.Report(from + (share * value));
}
