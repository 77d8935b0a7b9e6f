namespace AdversarialKit;

/// <summary>
/// The sliced Wasserstein distance between real and generated features, or samples flattened to vectors: how far, on the mean over
/// random directions, the one set must be moved to become the other.
/// </summary>
/// <remarks>
/// <para>Bonneel, Rabin, Peyré and Pfister, "Sliced and Radon Wasserstein Barycenters of Measures" (2015), equation 7, with the distance W1:
/// directions are uniform on the unit sphere, and along each the distance is the mean gap of sorted numbers.</para>
/// <para>Range: 0 (equal sets) upwards. Sees every moment, along lines. Two sets of one distribution do not have distance 0 but one that falls
/// as one over the root of the number of samples, so compare equal numbers only. Holds the features of both sets up to a
/// bound.</para>
/// </remarks>
public sealed class SlicedWassersteinDistance : IStreamingMetric<SlicedWassersteinResult>
{
    /// <summary>Below this many, the distance of perfect samples is some hundredths of the features' spread.</summary>
    private const long FewestSamples = 1_000;

    private readonly RealAndGenerated _sets;
    private readonly Tensor _directions;

    /// <summary>Prepares the distance to a set of real samples.</summary>
    /// <param name="real">The real features <c>[N, F]</c>. Copied; remain the caller's.</param>
    /// <param name="directions">How many directions. Default: 1,000.</param>
    /// <param name="seed">Start of the sequence that draws them: figures compare within one seed and number of directions. Default: 0.</param>
    /// <param name="maximumSamples">The most generated samples it holds, 8 F bytes each. Default: 50,000.</param>
    /// <exception cref="ArgumentException"><paramref name="real"/> is not <c>[N, F]</c>, or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="directions"/> or <paramref name="maximumSamples"/> is below 1.</exception>
    public SlicedWassersteinDistance(Tensor real, int directions = 1_000, long seed = 0, int maximumSamples = 50_000)
    {
        SampleChecks.Features(real, null, nameof(real));
        ArgumentOutOfRangeException.ThrowIfLessThan(directions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSamples, 1);
        _sets = new RealAndGenerated(real, maximumSamples);
        _directions = SlicedWasserstein.Directions(real.shape[1], directions, (ulong)seed, real.device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Reset() => _sets.Reset();

    /// <summary>Adds a batch of generated samples.</summary>
    /// <param name="batch">Features <c>[N, F]</c>. Remain the caller's.</param>
    /// <exception cref="ArgumentException">The shape is not <c>[N, F]</c>, the width differs from the real features', a value is not finite, or the bound is exceeded.</exception>
    public void Update(Tensor batch) => _sets.Update(batch);

    /// <summary>The distance of everything added so far.</summary>
    /// <returns>The distance and its standard error over directions.</returns>
    /// <exception cref="InvalidOperationException">No generated sample was added.</exception>
    public SlicedWassersteinResult Compute()
    {
        using var scope = NewDisposeScope();
        var distances = SlicedWasserstein.Along(_sets.Real, _sets.Generated(1, "sliced Wasserstein distance"), _directions);
        var (mean, error) = KernelDistance.MeanAndError(distances);
        return new(mean, error, Warnings());
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        _sets.Dispose();
        _directions.Dispose();
    }

    private List<string> Warnings()
    {
        var (n, m) = (_sets.Real.shape[0], _sets.GeneratedCount);
        var warnings = new List<string>();
        if (Math.Min(n, m) < FewestSamples)
        {
            warnings.Add($"Sliced Wasserstein distance: {m} generated and {n} real samples are few, and the value is biased upwards. Use at least {FewestSamples} of each.");
        }

        if (n != m)
        {
            warnings.Add($"Sliced Wasserstein distance: {m} generated and {n} real samples. Its bias hangs on the numbers; compare equal ones only.");
        }

        return warnings;
    }
}
