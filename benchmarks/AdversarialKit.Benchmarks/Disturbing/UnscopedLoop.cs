using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>The README's last lines as one writes them in passing: tensors that no scope and no <c>using</c> holds.</summary>
internal sealed class UnscopedLoop : IDisturbedLoop
{
    private readonly Tensor _points = rand([100, 2], generator: new Generator(1));
    private double _sum;
    private long _iteration;

    public void Iterate()
    {
        var radii = (_points + (_iteration % 7)).square().sum(1).sqrt();
        _sum += (radii.mean() - radii.std()).ToDouble();
        _iteration++;
    }

    public string Digest() => BitConverter.DoubleToInt64Bits(_sum).ToString("x16", CultureInfo.InvariantCulture);

    public void Dispose() => _points.Dispose();
}
