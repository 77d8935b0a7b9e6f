namespace AdversarialKit;

/// <summary>Turns work done into a share of the whole, for metrics that take seconds.</summary>
internal sealed class WorkProgress(IProgress<double>? progress, double total)
{
    private double _done;

    public void Add(double work)
    {
        _done += work;
        progress?.Report(Math.Min(1, _done / total));
    }
}
