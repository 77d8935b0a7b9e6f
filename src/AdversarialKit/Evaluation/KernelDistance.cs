namespace AdversarialKit;

/// <summary>
/// The kernel distance: the unbiased squared maximum mean discrepancy with a cubic kernel ("KID" where the features are
/// those of an Inception network).
/// </summary>
/// <remarks>
/// <para>Binkowski et al., "Demystifying MMD GANs" (2018), section 4, https://arxiv.org/abs/1801.01401, with the unbiased
/// estimate of Gretton et al., "A Kernel Two-Sample Test" (2012), equation 3: with <c>k(a, b) = (a·b / F + 1)³</c>,
/// <c>mean over i≠j of k(x_i, x_j) + mean over i≠j of k(y_i, y_j) - 2 mean of k(x_i, y_j)</c>.</para>
/// <para>Range: around 0 for equal distributions, upwards without bound. Unbiased at any number of samples, which makes it
/// the figure of choice for few; blocks of 1,000 or more give a useful standard error. Holds the features of both sets up
/// to a bound; the kernel is computed in blocks of rows, so memory beyond them is constant.</para>
/// </remarks>
public sealed class KernelDistance : IStreamingMetric<KernelDistanceResult>
{
    private const ulong RealOrder = 1;
    private const ulong GeneratedOrder = 2;

    /// <summary>Below this many samples of a set in each block, the blocks' estimates and their error are noise.</summary>
    private const int SamplesPerBlock = 100;

    private readonly RealAndGenerated _sets;
    private readonly int _blockSize;
    private double? _realMean;

    /// <summary>Prepares the distance to a set of real samples.</summary>
    /// <param name="real">The real features <c>[N, F]</c>. Copied; remain the caller's.</param>
    /// <param name="blockSize">The most samples of a block. Default: 1,000.</param>
    /// <param name="maximumSamples">The most generated samples it holds, 8 F bytes each. Default: 50,000.</param>
    /// <exception cref="ArgumentException"><paramref name="real"/> is not <c>[N, F]</c> with at least two rows, or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="blockSize"/> or <paramref name="maximumSamples"/> is below 2.</exception>
    public KernelDistance(Tensor real, int blockSize = 1_000, int maximumSamples = 50_000)
    {
        SampleChecks.Features(real, null, nameof(real));
        SampleChecks.Rows(real, 2, "kernel distance", nameof(real));
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSamples, 2);
        using var scope = NewDisposeScope();
        _sets = new RealAndGenerated(SampleOrder.Arranged(SampleBuffer.Copy(real, real.device), RealOrder), maximumSamples);
        _blockSize = blockSize;
    }

    /// <inheritdoc/>
    public void Reset() => _sets.Reset();

    /// <summary>Adds a batch of generated samples.</summary>
    /// <param name="batch">Features <c>[N, F]</c>. Remain the caller's.</param>
    /// <exception cref="ArgumentException">The shape is not <c>[N, F]</c>, the width differs from the real features', a value is not finite, or the bound is exceeded.</exception>
    public void Update(Tensor batch) => _sets.Update(batch);

    /// <inheritdoc/>
    public KernelDistanceResult Compute() => Compute(null);

    /// <summary>The distance of everything added so far.</summary>
    /// <param name="progress">Told the share of the work that is done, 0 to 1.</param>
    /// <returns>The distance over all samples and over blocks.</returns>
    /// <exception cref="InvalidOperationException">Fewer than two generated samples were added.</exception>
    public KernelDistanceResult Compute(IProgress<double>? progress)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (real, fake) = (_sets.Real, SampleOrder.Arranged(_sets.Generated(2, "kernel distance"), GeneratedOrder));
        var (n, m) = ((double)real.shape[0], (double)fake.shape[0]);
        var work = new WorkProgress(progress, (_realMean is null ? n * n : 0) + (m * m) + (n * m));

        _realMean ??= CubicKernel.MeanOfOthers(real, work);
        var value = _realMean.Value + CubicKernel.MeanOfOthers(fake, work) - (2 * CubicKernel.Mean(real, fake, work));
        var blocks = BlockEstimates(real, fake, _blockSize, work);
        var (mean, error) = MeanAndError(blocks);
        return new(value, mean, error, blocks.Length, Warnings(blocks.Length));
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose() => _sets.Dispose();

    /// <summary>The distances of consecutive blocks of rows that are in an order already.</summary>
    internal static double[] BlockEstimates(Tensor real, Tensor fake, int blockSize, WorkProgress? work = null)
    {
        var (n, m) = (real.shape[0], fake.shape[0]);
        var wanted = (Math.Max(n, m) + blockSize - 1) / blockSize;
        // A block needs two samples of each set, however unequal their numbers.
        var count = Math.Max(1, Math.Min(wanted, Math.Min(n, m) / 2));
        var estimates = new double[count];
        for (var block = 0L; block < count; block++)
        {
            // Nothing new to tell, but a moment at which the listener may end the work.
            work?.Add(0);
            using var scope = NewDisposeScope();
            var x = Part(real, block, count);
            var y = Part(fake, block, count);
            estimates[block] = CubicKernel.MeanOfOthers(x) + CubicKernel.MeanOfOthers(y) - (2 * CubicKernel.Mean(x, y));
        }

        return estimates;
    }

    private static Tensor Part(Tensor set, long block, long count)
    {
        var (from, to) = (set.shape[0] * block / count, set.shape[0] * (block + 1) / count);
        return set.narrow(0, from, to - from);
    }

    internal static (double Mean, double Error) MeanAndError(double[] values)
    {
        var mean = values.Average();
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
        return (mean, values.Length == 1 ? double.NaN : Math.Sqrt(variance / values.Length));
    }

    private List<string> Warnings(int blocks)
    {
        var (n, m) = (_sets.Real.shape[0], _sets.GeneratedCount);
        if (blocks == 1)
        {
            return [$"Kernel distance: {m} generated and {n} real samples make one block of at most {_blockSize}, so there is no standard error. Use more samples or a smaller blockSize."];
        }

        // A caller who asks for smaller blocks gets them without a word.
        var needed = Math.Min(SamplesPerBlock, _blockSize / 2);
        return Math.Min(n, m) / blocks >= needed
            ? []
            : [$"Kernel distance: {m} generated and {n} real samples in {blocks} blocks leave {Math.Min(n, m) / blocks} of a set in a block, too few for the estimate and its standard error. Use at least {needed * blocks} of each."];
    }
}
