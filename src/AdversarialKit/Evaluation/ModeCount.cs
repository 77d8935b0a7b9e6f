using System.Globalization;

namespace AdversarialKit;

/// <summary>How many classes a generator produces, and how far their shares are from those of real data.</summary>
/// <remarks>
/// <para>Metz et al., "Unrolled Generative Adversarial Networks" (2016), section 3.3.1, https://arxiv.org/abs/1611.02163:
/// a classifier names every sample's class; a class is a mode; the divergence is
/// <c>KL(generated || real) = sum over classes of q ln(q / p)</c>.</para>
/// <para>A class counts if it has both the minimum share and the minimum count. For few classes 1 % keeps the classifier's
/// slips from counting as modes; for the 1,000 classes of Stacked MNIST the literature counts any class seen once
/// (<c>minimumShare: 0</c>) among 25,600 samples. Samples: at least ten per class; the divergence of perfect samples is
/// about (K - 1) / (2 N). Streams: memory is K numbers.</para>
/// </remarks>
public sealed class ModeCount : IStreamingMetric<ModeCountResult>
{
    private const int SamplesPerClass = 10;

    private readonly long[] _counts;
    private readonly double[] _reference;
    private readonly double _minimumShare;
    private readonly long _minimumCount;
    private readonly long? _realSamples;
    private long _samples;

    /// <summary>Creates an empty count.</summary>
    /// <param name="classes">The number of classes K.</param>
    /// <param name="minimumShare">The share of the samples, 0 to 1, that a class needs to count as a mode. Default: 0.01.</param>
    /// <param name="minimumCount">The number of samples that a class needs to count as a mode. Default: 1.</param>
    /// <param name="referenceShares">The real share of each class. Default: null, all equal.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the share outside [0, 1].</exception>
    /// <exception cref="ArgumentException"><paramref name="referenceShares"/> are not K shares of at least 0 with a sum of 1.</exception>
    public ModeCount(int classes, double minimumShare = 0.01, long minimumCount = 1, IReadOnlyList<double>? referenceShares = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumCount, 1);
        if (minimumShare is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumShare), minimumShare, "The minimum share of a mode must lie between 0 and 1.");
        }

        _counts = new long[classes];
        _reference = referenceShares?.ToArray() ?? [.. Enumerable.Repeat(1.0 / classes, classes)];
        (_minimumShare, _minimumCount) = (minimumShare, minimumCount);
        if (_reference.Length != classes || _reference.Any(share => share is not >= 0) || Math.Abs(_reference.Sum() - 1) > 1e-6)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The reference shares must be {classes} numbers of at least 0 with a sum of 1; got {_reference.Length} with a sum of {_reference.Sum():G6}."),
                nameof(referenceShares));
        }
    }

    /// <param name="classes">The number of classes K.</param>
    /// <param name="referenceShares">The real share of each class.</param>
    /// <param name="realSamples">How many real samples the shares were counted in.</param>
    internal ModeCount(int classes, IReadOnlyList<double> referenceShares, long realSamples)
        : this(classes, minimumShare: Math.Min(0.01, 0.1 / classes), referenceShares: referenceShares) => _realSamples = realSamples;

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_counts);
        _samples = 0;
    }

    /// <summary>Adds a batch of class probabilities; a sample's class is its most probable one.</summary>
    /// <param name="batch">Class probabilities <c>[N, K]</c>. Remain the caller's.</param>
    /// <exception cref="ArgumentException">The shape or K is wrong, a value is negative or not finite, or a sum is not 1.</exception>
    public void Update(Tensor batch)
    {
        SampleChecks.Probabilities(batch, _counts.Length, nameof(batch));
        using var scope = NewDisposeScope();
        Count(batch.detach().argmax(1));
    }

    /// <summary>Adds a batch of classes, where they are known or put together from several classifications.</summary>
    /// <param name="labels">Classes <c>[N]</c>, Int64, 0 to K - 1. Remain the caller's.</param>
    /// <exception cref="ArgumentException">The shape or type is wrong, or a class is out of range.</exception>
    public void UpdateLabels(Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.dim() != 1 || labels.dtype != ScalarType.Int64 || labels.shape[0] == 0)
        {
            throw new ArgumentException($"Labels must be an Int64 tensor [N] with at least one element; got {labels.dtype} {SampleChecks.Shape(labels)}.", nameof(labels));
        }

        using var scope = NewDisposeScope();
        var (low, high) = (labels.min().ToInt64(), labels.max().ToInt64());
        if (low < 0 || high >= _counts.Length)
        {
            throw new ArgumentException($"Labels must lie between 0 and {_counts.Length - 1}; got {low} to {high}.", nameof(labels));
        }

        Count(labels.detach());
    }

    /// <summary>The figures of everything added so far.</summary>
    /// <returns>Modes and divergence.</returns>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public ModeCountResult Compute()
    {
        SampleChecks.AtLeast(1, _samples, "samples", "mode count");
        var needed = Math.Max(_minimumCount, _minimumShare * _samples);
        var divergence = _counts.Zip(_reference, (count, real) => Term((double)count / _samples, real)).Sum();
        return new(_counts.Count(count => count >= needed), Math.Max(0, divergence), [.. _counts], Warnings());
    }

    /// <summary>Does nothing: the counts are plain numbers.</summary>
    public void Dispose()
    {
    }

    /// <summary>q ln(q / p), with 0 ln 0 = 0.</summary>
    private static double Term(double generated, double real) => generated == 0 ? 0 : generated * Math.Log(generated / real);

    private void Count(Tensor classes)
    {
        foreach (var label in classes.cpu().contiguous().data<long>())
        {
            _counts[label]++;
            _samples++;
        }
    }

    private List<string> Warnings()
    {
        var warnings = new List<string>();
        if (_samples < SamplesPerClass * _counts.Length)
        {
            warnings.Add($"Mode count: {_samples} samples are few for {_counts.Length} classes; classes may be missed by chance. Use at least {SamplesPerClass * _counts.Length}.");
        }

        if (_realSamples < SamplesPerClass * _counts.Length)
        {
            warnings.Add($"Mode count: {_realSamples} real samples are few for {_counts.Length} classes; their shares, and so the divergence, are chance. Use at least {SamplesPerClass * _counts.Length}.");
        }

        var strangers = _counts.Where((count, label) => count > 0 && _reference[label] == 0).Count();
        if (strangers > 0)
        {
            warnings.Add($"Mode count: {strangers} classes were generated that the reference does not have, so the divergence is infinite.");
        }

        return warnings;
    }
}
