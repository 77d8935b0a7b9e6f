namespace AdversarialKit;

/// <summary>
/// The Frechet distance extrapolated to infinitely many generated samples, which takes away most of the bias that makes
/// plain distances of different sample sizes incomparable.
/// </summary>
/// <remarks>
/// <para>Chong and Forsyth, "Effectively Unbiased FID and Inception Score and Where to Find Them" (2020), section 3,
/// https://arxiv.org/abs/1911.07023: distances of random subsets of the generated samples, at evenly spaced sizes from a
/// tenth of them to all, are fitted by a line over 1/N; its intercept is the figure. The paper draws its latents from a
/// Sobol sequence as well, which lowers the variance; that is the caller's choice.</para>
/// <para>The bias from the finite number of real samples stays. Samples: a tenth of them should exceed the feature width
/// ten times; the paper uses 50,000. Holds all generated features, up to a bound.</para>
/// </remarks>
public sealed class FrechetExtrapolation : IStreamingMetric<FrechetExtrapolationResult>
{
    private readonly FrechetReference _reference;
    private readonly SampleBuffer _generated;
    private readonly int _points;
    private readonly long _seed;
    private bool _disposed;

    /// <summary>Prepares the extrapolation against a set of real samples.</summary>
    /// <param name="real">Statistics of the real features. Remain the caller's.</param>
    /// <param name="points">The number of subset sizes. Default: 15, as in the paper.</param>
    /// <param name="seed">Decides the subsets. Default: 0.</param>
    /// <param name="maximumSamples">The most generated samples it holds, 8 F bytes each. Default: 50,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="points"/> is below 3 or <paramref name="maximumSamples"/> below 1.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="real"/> holds fewer than two samples.</exception>
    public FrechetExtrapolation(FeatureStatistics real, int points = 15, long seed = 0, int maximumSamples = 50_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSamples, 1);
        _reference = new FrechetReference(real);
        _generated = new SampleBuffer(CPU, maximumSamples);
        (_points, _seed) = (points, seed);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _generated.Clear();
    }

    /// <summary>Adds a batch of generated samples.</summary>
    /// <param name="batch">Features <c>[N, F]</c>. Remain the caller's.</param>
    /// <exception cref="ArgumentException">The shape is not <c>[N, F]</c>, the width differs from the real features', a value is not finite, or the bound is exceeded.</exception>
    public void Update(Tensor batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.Features(batch, _reference.Width, nameof(batch));
        _generated.Add(batch);
    }

    /// <summary>Fits the line.</summary>
    /// <returns>The extrapolated distance. The same samples give the same figure, whatever their order.</returns>
    /// <exception cref="InvalidOperationException">Fewer than 20 generated samples were added.</exception>
    public FrechetExtrapolationResult Compute()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.AtLeast(20, _generated.Count, "generated samples", "extrapolated Frechet distance");
        using var random = new Generator((ulong)_seed);
        var smallest = _generated.Count / 10;
        using var scope = NewDisposeScope();
        var arranged = SampleOrder.Arranged(_generated.All());
        var inverse = new double[_points];
        var distances = new double[_points];
        for (var point = 0; point < _points; point++)
        {
            var size = smallest + ((_generated.Count - smallest) * point / (_points - 1));
            (inverse[point], distances[point]) = (1.0 / size, DistanceOfSubset(arranged, size, random));
        }

        return Fit(inverse, distances, Warnings(smallest));
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        _disposed = true;
        _reference.Dispose();
        _generated.Dispose();
    }

    private double DistanceOfSubset(Tensor samples, long size, Generator random)
    {
        using var scope = NewDisposeScope();
        var chosen = randperm(samples.shape[0], generator: random).narrow(0, 0, size);
        using var statistics = FeatureStatistics.Of(samples.index_select(0, chosen));
        return _reference.DistanceTo(statistics).Value;
    }

    private static FrechetExtrapolationResult Fit(double[] x, double[] y, List<string> warnings)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var xx = x.Sum(v => (v - meanX) * (v - meanX));
        var xy = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        var yy = y.Sum(v => (v - meanY) * (v - meanY));
        var slope = xy / xx;
        return new(meanY - (slope * meanX), slope, xy * xy / (xx * yy), warnings);
    }

    private List<string> Warnings(long smallest)
    {
        var warnings = _reference.WarningsOfReal("Extrapolated Frechet distance");
        var needed = FrechetReference.SamplesNeeded(_reference.Width);
        if (smallest <= _reference.Width)
        {
            warnings.Add($"Extrapolated Frechet distance: the smallest subset has {smallest} samples, not more than the feature width {_reference.Width}, where the distance is no straight line over 1/N. Use at least {10 * needed} generated samples.");
        }
        else if (smallest < needed)
        {
            warnings.Add($"Extrapolated Frechet distance: the smallest subset has {smallest} samples of width {_reference.Width}, few for a straight line over 1/N. Use at least {10 * needed} generated samples.");
        }

        return warnings;
    }
}
