namespace AdversarialKit;

/// <summary>
/// Mean and covariance of features, gathered batch by batch in float64. Gather them once for the real samples and use
/// them for every <see cref="FrechetDistance"/>.
/// </summary>
/// <remarks>
/// Batches are merged by the pairwise update of Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
/// computing sample variances" (1979), for matrices: no sum of squares, hence no cancellation where means are large.
/// Memory: F² numbers, whatever the number of samples.
/// </remarks>
public sealed partial class FeatureStatistics : IDisposable
{
    private Tensor? _mean;
    private Tensor? _scatter;
    private bool _disposed;

    /// <summary>The number of samples seen.</summary>
    public long Count { get; private set; }

    /// <summary>The feature width F, or null before the first sample.</summary>
    public long? Width => _mean?.shape[0];

    /// <summary>Gathers the statistics of one set of features.</summary>
    /// <param name="features">Features <c>[N, F]</c>. Remain the caller's.</param>
    /// <returns>Statistics that the caller disposes.</returns>
    /// <exception cref="ArgumentException">The shape is not <c>[N, F]</c>, or a value is not finite.</exception>
    public static FeatureStatistics Of(Tensor features)
    {
        var statistics = new FeatureStatistics();
        statistics.Update(features);
        return statistics;
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">Features <c>[N, F]</c>. Remain the caller's. The first batch decides the device.</param>
    /// <exception cref="ArgumentException">The shape is not <c>[N, F]</c>, the width differs from earlier batches, or a value is not finite.</exception>
    public void Update(Tensor batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.Features(batch, Width, nameof(batch));
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var rows = SampleBuffer.Copy(batch, _mean?.device ?? batch.device);
        var mean = rows.mean([0]);
        var centred = rows.sub_(mean);
        Merge(batch.shape[0], mean, mm(centred.t(), centred));
    }

    /// <summary>Adds everything that other statistics have seen, as if it had been added here.</summary>
    /// <param name="other">Statistics of the same width. Unchanged.</param>
    /// <exception cref="ArgumentException">The widths differ.</exception>
    public void Merge(FeatureStatistics other)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(other);
        ObjectDisposedException.ThrowIf(other._disposed, other);
        if (other.Count == 0)
        {
            return;
        }

        if (Width is { } width && width != other.Width)
        {
            throw new ArgumentException($"Statistics of width {width} cannot be merged with statistics of width {other.Width}. Use the same extractor for both.", nameof(other));
        }

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var device = _mean?.device ?? other._mean!.device;
        Merge(other.Count, SampleBuffer.Copy(other._mean!, device), SampleBuffer.Copy(other._scatter!, device));
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Clear();
    }

    /// <summary>The mean.</summary>
    /// <returns>A float64 copy <c>[F]</c> that the caller disposes.</returns>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public Tensor Mean()
    {
        Require(1, "mean");
        return _mean!.clone();
    }

    /// <summary>The unbiased covariance, with division by the number of samples less one.</summary>
    /// <returns>A float64 tensor <c>[F, F]</c> that the caller disposes.</returns>
    /// <exception cref="InvalidOperationException">Fewer than two samples were added.</exception>
    public Tensor Covariance()
    {
        Require(2, "covariance");
        return _scatter! / (Count - 1);
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Clear();
        _disposed = true;
    }

    private void Require(long minimum, string figure)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.AtLeast(minimum, Count, "samples", figure);
    }

    private void Merge(long count, Tensor mean, Tensor scatter)
    {
        if (_mean is null || _scatter is null)
        {
            (_mean, _scatter) = (mean.DetachFromDisposeScope(), scatter.DetachFromDisposeScope());
        }
        else
        {
            var total = (double)(Count + count);
            var step = mean - _mean;
            using var share = (count / total).ToScalar();
            using var product = (Count * (count / total)).ToScalar();
            _scatter.add_(scatter).add_(outer(step, step), alpha: product);
            _mean.add_(step, alpha: share);
        }

        Count += count;
    }

    private void Clear()
    {
        _mean?.Dispose();
        _scatter?.Dispose();
        (_mean, _scatter, Count) = (null, null, 0);
    }
}
