namespace AdversarialKit;

/// <summary>The mean of the last so many numbers; NaN while one of them is.</summary>
internal sealed class RunningMean(int count)
{
    private readonly double[] _numbers = new double[count];
    private int _added;

    public bool IsFull => _added >= count;

    // Summed anew: a sum that is carried along would stay NaN for ever after a single one.
    public double Mean => _numbers.AsSpan(0, Math.Min(_added, count)).ToArray().DefaultIfEmpty(double.NaN).Average();

    public void Add(double number)
    {
        _numbers[_added % count] = number;
        _added = _added + 1 == 2 * count ? count : _added + 1;
    }
}
