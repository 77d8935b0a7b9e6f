namespace AdversarialKit;

/// <summary>
/// The Frechet distance between Gaussians fitted to real and generated features ("FID" where the features are those of an
/// Inception network).
/// </summary>
/// <remarks>
/// <para>Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium" (2017),
/// equation 6, https://arxiv.org/abs/1706.08500:
/// <c>|m1 - m2|² + tr(C1 + C2 - 2 (C1 C2)^(1/2))</c> with full unbiased covariances. The trace of the root is the sum of
/// the square roots of the eigenvalues of <c>C1^(1/2) C2 C1^(1/2)</c>, which is symmetric; eigenvalues that rounding made
/// negative count as 0 and nothing is added to the diagonal, so singular covariances are fine.</para>
/// <para>Range: 0 (equal mean and covariance) upwards. Samples: more than F on both sides for full rank, ten times F for
/// a small bias, 10,000 or more for figures to be compared; the figure falls as the number grows, so compare equal
/// numbers only, or see <see cref="FrechetExtrapolation"/>. Streams: memory is F² whatever the number of samples.</para>
/// </remarks>
public sealed class FrechetDistance : IStreamingMetric<FrechetDistanceResult>
{
    private readonly FrechetReference _reference;
    private readonly FeatureStatistics _generated = new();
    private bool _disposed;

    /// <summary>Prepares the distance to a set of real samples.</summary>
    /// <param name="real">Statistics of the real features. Remain the caller's, who may go on using or dispose them.</param>
    /// <exception cref="InvalidOperationException"><paramref name="real"/> holds fewer than two samples.</exception>
    public FrechetDistance(FeatureStatistics real) => _reference = new FrechetReference(real);

    /// <summary>The distance between two sets of statistics.</summary>
    /// <param name="real">Statistics of the real features.</param>
    /// <param name="generated">Statistics of the generated features, of the same width.</param>
    /// <returns>The distance.</returns>
    /// <exception cref="ArgumentException">The widths differ.</exception>
    /// <exception cref="InvalidOperationException">One side holds fewer than two samples.</exception>
    public static FrechetDistanceResult Between(FeatureStatistics real, FeatureStatistics generated)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        if (real.Width is { } width && generated.Width is { } other && width != other)
        {
            throw new ArgumentException($"Statistics of width {width} cannot be compared with statistics of width {other}. Use the same extractor for both.", nameof(generated));
        }

        using var reference = new FrechetReference(real);
        return reference.DistanceTo(generated);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _generated.Reset();
    }

    /// <summary>Adds a batch of generated samples.</summary>
    /// <param name="batch">Features <c>[N, F]</c>. Remain the caller's.</param>
    /// <exception cref="ArgumentException">The shape is not <c>[N, F]</c>, the width differs from the real features', or a value is not finite.</exception>
    public void Update(Tensor batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.Features(batch, _reference.Width, nameof(batch));
        _generated.Update(batch);
    }

    /// <summary>The distance of everything added so far.</summary>
    /// <returns>The distance and its two terms.</returns>
    /// <exception cref="InvalidOperationException">Fewer than two generated samples were added.</exception>
    public FrechetDistanceResult Compute()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _reference.DistanceTo(_generated);
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        _disposed = true;
        _reference.Dispose();
        _generated.Dispose();
    }
}
