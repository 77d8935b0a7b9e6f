namespace AdversarialKit;

/// <summary>The real side of the Frechet distance with the root of its covariance, computed once.</summary>
internal sealed class FrechetReference : IDisposable
{
    /// <summary>Below this many samples per feature the covariance, and so the distance, is visibly biased.</summary>
    private const int SamplesPerFeature = 10;

    /// <summary>Below this many the distance of perfect samples is no smaller than that of visibly wrong ones, however narrow the features.</summary>
    private const int FewestSamples = 100;

    private readonly Tensor _mean;
    private readonly Tensor _root;
    private readonly double _trace;
    private readonly long _count;

    public FrechetReference(FeatureStatistics real)
    {
        ArgumentNullException.ThrowIfNull(real);
        SampleChecks.AtLeast(2, real.Count, "real samples", "Frechet distance");
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var covariance = real.Covariance();
        var (values, vectors) = linalg.eigh(covariance);
        _mean = real.Mean().DetachFromDisposeScope();
        _root = mm(vectors * values.clamp_min(Constant.Zero).sqrt(), vectors.t()).DetachFromDisposeScope();
        _trace = covariance.trace().ToDouble();
        _count = real.Count;
    }

    public long Width => _mean.shape[0];

    public FrechetDistanceResult DistanceTo(FeatureStatistics generated)
    {
        SampleChecks.AtLeast(2, generated.Count, "generated samples", "Frechet distance");
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var covariance = generated.Covariance().to(_mean.device);
        var product = mm(mm(_root, covariance), _root);
        // eigvalsh reads one triangle only: the mean of both halves the rounding.
        var eigenvalues = linalg.eigvalsh((product + product.t()) / 2);
        var rootTrace = eigenvalues.clamp_min(Constant.Zero).sqrt().sum().ToDouble();
        var meanTerm = (_mean - generated.Mean().to(_mean.device)).square().sum().ToDouble();
        var covarianceTerm = _trace + covariance.trace().ToDouble() - (2 * rootTrace);
        return new(Math.Max(0, meanTerm + covarianceTerm), meanTerm, covarianceTerm, generated.Count, Warnings(generated.Count));
    }

    public void Dispose()
    {
        _mean.Dispose();
        _root.Dispose();
    }

    /// <summary>How many samples of a width a covariance takes to be of use: ten for each feature, and not fewer than a hundred in all.</summary>
    public static long SamplesNeeded(long width) => Math.Max(FewestSamples, SamplesPerFeature * width);

    /// <summary>What makes a figure doubtful that is taken against these real samples.</summary>
    public List<string> WarningsOfReal(string figure) => Warnings(figure, "real", _count);

    private List<string> Warnings(long generated) =>
        [.. WarningsOfReal("Frechet distance"), .. Warnings("Frechet distance", "generated", generated)];

    private List<string> Warnings(string figure, string set, long count)
    {
        var needed = SamplesNeeded(Width);
        if (count <= Width)
        {
            return [$"{figure}: {count} {set} samples of width {Width} give a singular covariance and a value far too high. Use at least {needed}."];
        }

        return count >= needed ? [] : [$"{figure}: {count} {set} samples of width {Width} are few and the value is biased upwards. Use at least {needed}."];
    }
}
