namespace AdversarialKit;

/// <summary>Whether a generator copies its training set: are its samples nearer to it than fresh real samples are?</summary>
/// <remarks>
/// <para>Meehan, Chaudhuri and Dasgupta, "A Non-Parametric Test to Detect Data-Copying in Generative Models" (2020),
/// section 3, https://arxiv.org/abs/2004.05675, over one cell, the whole space: the Mann-Whitney statistic between the
/// nearest-training-sample distances of generated and of held-out real samples. As a share it is the probability that a
/// generated sample is the nearer one; as a z-score it is the share less one half over its standard deviation without ties,
/// <c>sqrt((n + m + 1) / (12 n m))</c>, negative for copying as in the paper. The paper sums over the cells of a
/// clustering, which finds a generator that copies in one region and is off in another; run it per class to see that.</para>
/// <para>Samples: at least 100 held-out and 100 generated ones. Training and held-out samples must come from the same
/// distribution and the held-out ones must not have been trained on. Streams: of a generated sample only its distance is
/// kept; distances are computed in blocks of rows.</para>
/// </remarks>
public sealed class Memorization : IStreamingMetric<MemorizationResult>
{
    private const int SamplesForNormality = 100;

    private readonly Tensor _training;
    private readonly double[] _holdout;
    private readonly List<double> _generated = [];
    private bool _disposed;

    /// <summary>Measures the held-out samples.</summary>
    /// <param name="training">Features <c>[N, F]</c> of the samples that the generator was trained on. Copied; remain the caller's.</param>
    /// <param name="holdout">Features <c>[M, F]</c> of real samples that it was not. Remain the caller's.</param>
    /// <exception cref="ArgumentException">A shape is not <c>[N, F]</c>, the widths differ, or a value is not finite.</exception>
    public Memorization(Tensor training, Tensor holdout)
        : this(training, holdout, null)
    {
    }

    /// <summary>Measures the held-out samples.</summary>
    /// <param name="training">Features <c>[N, F]</c> of the samples that the generator was trained on. Copied; remain the caller's.</param>
    /// <param name="holdout">Features <c>[M, F]</c> of real samples that it was not. Remain the caller's.</param>
    /// <param name="progress">Told the share of the work that is done, 0 to 1. What it throws ends the work and comes out here.</param>
    /// <exception cref="ArgumentException">A shape is not <c>[N, F]</c>, the widths differ, or a value is not finite.</exception>
    public Memorization(Tensor training, Tensor holdout, IProgress<double>? progress)
    {
        SampleChecks.Features(training, null, nameof(training));
        SampleChecks.Features(holdout, training.shape[1], nameof(holdout));
        _training = SampleBuffer.Copy(training, training.device).DetachFromDisposeScope();
        try
        {
            _holdout = NearestDistances(holdout, progress);
        }
        catch
        {
            _training.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _generated.Clear();
    }

    /// <summary>Adds a batch of generated samples.</summary>
    /// <param name="batch">Features <c>[N, F]</c>. Remain the caller's.</param>
    /// <exception cref="ArgumentException">The shape is not <c>[N, F]</c>, the width differs from the training features', or a value is not finite.</exception>
    public void Update(Tensor batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.Features(batch, _training.shape[1], nameof(batch));
        _generated.AddRange(NearestDistances(batch, null));
    }

    /// <summary>The figures of everything added so far.</summary>
    /// <returns>The share, its z-score and the distances behind them.</returns>
    /// <exception cref="InvalidOperationException">No generated sample was added.</exception>
    public MemorizationResult Compute()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.AtLeast(1, _generated.Count, "generated samples", "memorization check");
        double[] generated = [.. _generated.Order()];
        var (n, m) = ((double)_holdout.Length, (double)generated.Length);
        var share = generated.Sum(ShareOfHoldoutBeyond) / m;
        var deviation = Math.Sqrt((n + m + 1) / (12 * n * m));
        return new(share, (0.5 - share) / deviation, generated.Count(d => d == 0), Median(generated), Median(_holdout), Warnings());
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        _disposed = true;
        _training.Dispose();
    }

    private double[] NearestDistances(Tensor points, IProgress<double>? progress)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var rows = SampleBuffer.Copy(points, _training.device);
        var squared = SquaredDistances.Nearest(rows, _training, 1, new WorkProgress(progress, (double)points.shape[0] * _training.shape[0]));
        return [.. squared.flatten().sqrt().cpu().data<double>().ToArray().Order()];
    }

    /// <summary>The share of held-out distances above a distance, equal ones counting half.</summary>
    private double ShareOfHoldoutBeyond(double distance)
    {
        var beyond = _holdout.Length - FirstAbove(distance, orEqual: false);
        var orEqual = _holdout.Length - FirstAbove(distance, orEqual: true);
        return (beyond + orEqual) / 2.0 / _holdout.Length;
    }

    private int FirstAbove(double distance, bool orEqual)
    {
        var (low, high) = (0, _holdout.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var above = orEqual ? _holdout[middle] >= distance : _holdout[middle] > distance;
            (low, high) = above ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static double Median(double[] ascending) =>
        (ascending[(ascending.Length - 1) / 2] + ascending[ascending.Length / 2]) / 2;

    private List<string> Warnings()
    {
        var warnings = new List<string>();
        if (Math.Min(_generated.Count, _holdout.Length) < SamplesForNormality)
        {
            warnings.Add($"Memorization: {_generated.Count} generated and {_holdout.Length} held-out samples are few for a z-score. Use at least {SamplesForNormality} of each.");
        }

        if (_training.shape[0] < SamplesForNormality)
        {
            warnings.Add($"Memorization: {_training.shape[0]} training samples are few to be near to; nothing then looks copied. Use at least {SamplesForNormality}.");
        }

        return warnings;
    }
}
