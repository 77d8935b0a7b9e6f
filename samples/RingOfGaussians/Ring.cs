using TorchSharp;
using static TorchSharp.torch;

namespace RingOfGaussians;

/// <summary>Eight Gaussians on a circle, the classic toy on which GANs lose modes, and a judge that needs no network.</summary>
internal static class Ring
{
    public const int Modes = 8;

    /// <summary>A sample is good within three standard deviations of a centre.</summary>
    public const double GoodRadius = 3 * Deviation;

    private const double Radius = 2;
    private const double Deviation = 0.1;

    /// <summary>The centres, [8, 2].</summary>
    public static Tensor Centres()
    {
        using var scope = NewDisposeScope();
        var angle = arange(Modes, dtype: ScalarType.Float32) * (2 * Math.PI / Modes);
        return (stack([angle.cos(), angle.sin()], 1) * Radius).MoveToOuterDisposeScope();
    }

    /// <summary>Points [count, 2] of the ring.</summary>
    public static Tensor Sample(long count, Generator random)
    {
        using var scope = NewDisposeScope();
        var mode = randint(Modes, count, dtype: ScalarType.Int64, generator: random);
        var noise = randn([count, 2], generator: random) * Deviation;
        return (Centres().index_select(0, mode) + noise).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// How many centres have good samples, at least a quarter of their fair share, and which share of all samples is good.
    /// </summary>
    public static (int Covered, double Good) Judge(Tensor points)
    {
        using var scope = NewDisposeScope();
        var (distance, nearest) = cdist(points, Centres()).min(1);
        var good = distance.le(GoodRadius);
        var counts = nearest.masked_select(good).bincount(null, Modes);
        var fair = points.shape[0] / Modes;
        return (counts.ge(fair / 4.0).sum().to(ScalarType.Int32).ToInt32(), good.to(ScalarType.Float64).mean().ToDouble());
    }
}
