namespace AdversarialKit;

/// <summary>
/// The sliced Wasserstein distance between patches of real and of generated images on the levels of a Laplacian pyramid: no network judges, and
/// fine and coarse structure have figures of their own.
/// </summary>
/// <remarks>
/// <para>Karras, Aila, Laine and Lehtinen, "Progressive Growing of GANs for Improved Quality, Stability, and Variation" (2018), section 5,
/// https://arxiv.org/abs/1710.10196, as TF-GAN computes it (<c>sliced_wasserstein_distance</c>): each patch is brought to mean 0 and
/// variance 1, and along random directions the distance is the mean gap of sorted numbers. A patch without any variance, where TF-GAN
/// divides by zero, counts as zeros.</para>
/// <para>Range: 0 upwards, in units of a patch's standard deviation; <see cref="PyramidWassersteinLevel.RealDistance"/> is the floor. The
/// paper's figures are of 8,192 images. Blind to what is larger than a patch on the coarsest level, to the brightness and contrast of patches, and
/// to which patches belong together. Holds patches of both sets.</para>
/// </remarks>
public sealed class PyramidWassersteinDistance : IStreamingMetric<PyramidWassersteinResult>
{
    /// <summary>Below this many images, patches of one image decide too much.</summary>
    private const long FewestSamples = 1_000;

    // Patches of three sets and the directions are drawn from sequences that do not meet.
    private const ulong TwinSeed = 0x5457494E, GeneratedSeed = 0x46414B45, DirectionsSeed = 0x444952;

    private readonly PyramidWassersteinOptions _options;
    private readonly long[] _shape;
    private readonly PatchLevels _real;
    private readonly PatchLevels _generated;
    private readonly Tensor[] _directions;
    private readonly double[] _realDistances;
    private bool _disposed;

    /// <summary>Prepares the distance to a set of real images.</summary>
    /// <param name="real">Images <c>[N, C, H, W]</c> in [-1, 1]. Patches are copied; the images remain the caller's.</param>
    /// <param name="options">Patches, levels, directions. Default: TF-GAN's.</param>
    /// <exception cref="ArgumentException">They are no floating-point images, are smaller than a patch, or not finite, or an option is wrong.</exception>
    public PyramidWassersteinDistance(Tensor real, PyramidWassersteinOptions? options = null)
    {
        _options = options ?? new PyramidWassersteinOptions();
        PyramidChecks.Options(_options);
        PyramidChecks.Images(real, null, nameof(real));
        PyramidChecks.Large(real, _options.PatchSide, nameof(real));
        _shape = real.shape[1..];
        var (seed, levels) = ((ulong)_options.Seed, LaplacianPyramid.Count(_shape[1], _shape[2], Math.Max(_options.SmallestSide, _options.PatchSide)));
        _real = new PatchLevels(_options, levels, seed);
        _generated = new PatchLevels(_options, levels, seed ^ GeneratedSeed);
        var numbers = _options.PatchSide * _options.PatchSide * _shape[0];
        _directions = [.. Enumerable.Range(0, levels).Select(level =>
            SlicedWasserstein.Directions(numbers, _options.Directions, (seed ^ DirectionsSeed) + ((ulong)level << 32), CPU).DetachFromDisposeScope())];
        _real.Add(real);
        using var twin = new PatchLevels(_options, levels, seed ^ TwinSeed);
        twin.Add(real);
        _realDistances = Distances(twin);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _generated.Clear();
    }

    /// <summary>Adds a batch of generated images.</summary>
    /// <param name="batch">Images <c>[N, C, H, W]</c> in [-1, 1], of the real ones' size. Remain the caller's.</param>
    /// <exception cref="ArgumentException">The shape differs from the real images', a value is not finite, or the bound is exceeded.</exception>
    public void Update(Tensor batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        PyramidChecks.Images(batch, _shape, nameof(batch));
        if (_generated.Count + batch.shape[0] > _options.MaximumSamples)
        {
            throw new ArgumentException(
                $"The metric holds at most {_options.MaximumSamples} images; this batch would make it {_generated.Count + batch.shape[0]}. Judge fewer, or raise {nameof(_options.MaximumSamples)}.",
                nameof(batch));
        }

        _generated.Add(batch);
    }

    /// <summary>The distances of everything added so far.</summary>
    /// <returns>A distance for each level, and their mean.</returns>
    /// <exception cref="InvalidOperationException">No generated image was added.</exception>
    public PyramidWassersteinResult Compute()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.AtLeast(1, _generated.Count, "generated samples", "pyramid Wasserstein distance");
        var distances = Distances(_generated);
        var levels = distances.Select((distance, level) =>
            new PyramidWassersteinLevel((int)_shape[1] >> level, (int)_shape[2] >> level, distance, _realDistances[level]));
        return new(distances.Average(), [.. levels], Warnings());
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        _disposed = true;
        _real.Dispose();
        _generated.Dispose();
        Array.ForEach(_directions, directions => directions.Dispose());
    }

    private double[] Distances(PatchLevels others) => [.. _directions.Select((directions, level) =>
    {
        using var scope = NewDisposeScope();
        return SlicedWasserstein.Along(_real.Level(level), others.Level(level), directions).Average();
    })];

    private List<string> Warnings()
    {
        var (n, m) = (_real.Count, _generated.Count);
        return Math.Min(n, m) >= FewestSamples
            ? []
            : [$"Pyramid Wasserstein distance: {m} generated and {n} real images are few, and the value is biased upwards. Use at least {FewestSamples} of each."];
    }
}
