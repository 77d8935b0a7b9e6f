namespace AdversarialKit;

/// <summary>
/// The classifier score: are samples of one recognisable class each, and of all classes together ("Inception score" where
/// the classifier is an Inception network).
/// </summary>
/// <remarks>
/// <para>Salimans et al., "Improved Techniques for Training GANs" (2016), section 4, https://arxiv.org/abs/1606.03498:
/// <c>exp(mean over samples of KL(p(y|x) || p(y)))</c> with <c>p(y)</c> the mean over the samples and <c>0 ln 0 = 0</c>.</para>
/// <para>Range: 1 (all samples alike to the classifier) to K (certain, and all classes equally often). It never sees a real
/// sample, so print the score of real ones beside it. Samples: 5,000 a part for figures to be compared (the paper has
/// 50,000 in 10 parts); at least ten per class in every part. Holds all probabilities up to a bound, since a part's borders
/// are known only at the end. Which part a sample is in follows from the sample and not from its place: samples that come
/// class by class have the score that shuffled ones have.</para>
/// </remarks>
public sealed class ClassifierScore : IStreamingMetric<ClassifierScoreResult>
{
    private const int SamplesPerClass = 10;

    private readonly SampleBuffer _probabilities;
    private readonly int _parts;
    private long? _classes;
    private bool _disposed;

    /// <summary>Creates an empty score.</summary>
    /// <param name="parts">The number of parts. Default: 10, as in the paper.</param>
    /// <param name="maximumSamples">The most samples it holds, 8 K bytes each. Default: 50,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public ClassifierScore(int parts = 10, int maximumSamples = 50_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSamples, 1);
        _parts = parts;
        _probabilities = new SampleBuffer(CPU, maximumSamples);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _probabilities.Clear();
        _classes = null;
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">Class probabilities <c>[N, K]</c> of generated samples, rows of sum 1: softmax, not logits. Remain the caller's.</param>
    /// <exception cref="ArgumentException">The shape or K is wrong, a value is negative or not finite, a sum is not 1, or the bound is exceeded.</exception>
    public void Update(Tensor batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.Probabilities(batch, _classes, nameof(batch));
        _probabilities.Add(batch);
        _classes = batch.shape[1];
    }

    /// <summary>The score of everything added so far.</summary>
    /// <returns>The score, over all samples and over parts: the same for every order in which the samples were added.</returns>
    /// <exception cref="InvalidOperationException">Fewer samples than parts were added.</exception>
    public ClassifierScoreResult Compute()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.AtLeast(_parts, _probabilities.Count, "samples", "classifier score");
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return Compute(SampleOrder.Arranged(_probabilities.All()));
    }

    /// <summary>The score over consecutive parts of rows that are in an order already.</summary>
    internal ClassifierScoreResult Compute(Tensor all)
    {
        var scores = Enumerable.Range(0, _parts).Select(part => Score(Part(all, part))).ToArray();
        var mean = scores.Average();
        var deviation = Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
        return new(Score(all), mean, deviation, scores, all.amax([1]).mean().ToDouble(), Warnings());
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        _disposed = true;
        _probabilities.Dispose();
    }

    private Tensor Part(Tensor all, int part)
    {
        var (from, to) = (all.shape[0] * part / _parts, all.shape[0] * (part + 1) / _parts);
        return all.narrow(0, from, to - from);
    }

    /// <summary>The mean divergence is the entropy of the mean less the mean entropy.</summary>
    private static double Score(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var mean = rows.mean([0]);
        return Math.Exp((rows.xlogy(rows).sum(1).mean() - mean.xlogy(mean).sum()).ToDouble());
    }

    private List<string> Warnings()
    {
        var needed = _parts * SamplesPerClass * _classes!.Value;
        return _probabilities.Count >= needed
            ? []
            : [$"Classifier score: {_probabilities.Count} samples in {_parts} parts are few for {_classes} classes and the parts' scores are too low. Use at least {needed} samples, or fewer parts."];
    }
}
