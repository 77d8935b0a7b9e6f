namespace AdversarialKit;

/// <summary>
/// All figures of sample quality in one call: takes the real samples once, keeps everything that depends on them alone,
/// and judges any number of generated sets.
/// </summary>
/// <remarks>
/// Puts together <see cref="FrechetDistance"/>, <see cref="KernelDistance"/>, <see cref="FidelityDiversity"/>,
/// <see cref="ClassifierScore"/> and <see cref="ModeCount"/> with their defaults; see there for papers, ranges and sample
/// sizes. Use as many generated as real samples. At most 50,000 can be judged at once.
/// </remarks>
public sealed class SampleQuality : IDisposable
{
    /// <summary>The classifier score takes a mean over ten parts.</summary>
    internal const int FewestSamples = 10;

    /// <summary>What the metrics that see pairs hold at most.</summary>
    internal const int MostSamples = 50_000;

    /// <summary>Half the pairwise work is the kernel's, half the neighbourhoods'.</summary>
    private const double KernelShare = 0.5;

    private readonly FrechetDistance _frechet;
    private readonly KernelDistance _kernel;
    private readonly FidelityDiversity _fidelity;
    private readonly ClassifierScore _score = new();
    private readonly ModeCount? _modes;
    private readonly long _classes;
    private readonly long _width;
    private bool _disposed;

    /// <summary>Takes the real samples.</summary>
    /// <param name="realFeatures">Features <c>[N, F]</c>. Copied; remain the caller's.</param>
    /// <param name="realProbabilities">Class probabilities <c>[N, K]</c> of the same samples, for the real shares of the classes. Default: null, no figures of classes. Remain the caller's.</param>
    /// <exception cref="ArgumentException">A shape is wrong, a value is not finite, there are fewer than six samples, or the probabilities are not those of as many samples.</exception>
    public SampleQuality(Tensor realFeatures, Tensor? realProbabilities = null)
    {
        SampleChecks.Features(realFeatures, null, nameof(realFeatures));
        if (realProbabilities is not null)
        {
            SampleChecks.Probabilities(realProbabilities, null, nameof(realProbabilities));
            SameRows(realFeatures, realProbabilities, nameof(realProbabilities));
            _classes = realProbabilities.shape[1];
            _modes = new ModeCount((int)_classes, Shares(realProbabilities), realProbabilities.shape[0]);
        }

        _width = realFeatures.shape[1];
        _fidelity = new FidelityDiversity(realFeatures);
        _kernel = new KernelDistance(realFeatures);
        using var statistics = FeatureStatistics.Of(realFeatures);
        _frechet = new FrechetDistance(statistics);
    }

    internal bool WantsProbabilities => _modes is not null;

    /// <summary>Judges one set of generated samples; earlier ones play no part.</summary>
    /// <param name="features">Features <c>[M, F]</c> from the extractor that made the real ones. Remain the caller's.</param>
    /// <param name="probabilities">Class probabilities <c>[M, K]</c>; given if and only if the real ones were. Remain the caller's.</param>
    /// <param name="progress">Told the share of the work that is done, 0 to 1.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="ArgumentException">A shape or width is wrong, a value is not finite, or probabilities are missing, superfluous, or not those of as many samples.</exception>
    /// <exception cref="InvalidOperationException">There are fewer than ten generated samples.</exception>
    public QualityReport Judge(Tensor features, Tensor? probabilities = null, IProgress<double>? progress = null)
    {
        Check(features, probabilities);
        var frechet = Measure(_frechet, features, metric => metric.Compute());
        var kernel = Measure(_kernel, features, metric => metric.Compute(Part(progress, 0, KernelShare)));
        var fidelity = Measure(_fidelity, features, metric => metric.Compute(Part(progress, KernelShare, 1 - KernelShare)));
        var score = probabilities is null ? null : Measure(_score, probabilities, metric => metric.Compute());
        var modes = probabilities is null ? null : Measure(_modes!, probabilities, metric => metric.Compute());
        return new QualityReport(
            features.shape[0],
            frechet.Value,
            kernel.Value,
            kernel.StandardError,
            fidelity.Precision,
            fidelity.Recall,
            fidelity.Density,
            fidelity.Coverage,
            score?.Mean,
            score?.StandardDeviation,
            score?.MeanConfidence,
            modes?.Modes,
            modes?.Divergence,
            [.. frechet.Warnings, .. kernel.Warnings, .. fidelity.Warnings, .. score?.Warnings ?? [], .. modes?.Warnings ?? []]);
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        _disposed = true;
        _frechet.Dispose();
        _kernel.Dispose();
        _fidelity.Dispose();
        _score.Dispose();
        _modes?.Dispose();
    }

    /// <summary>Empties the metric again, so that nothing of a judged set is held between two of them.</summary>
    private static TResult Measure<TMetric, TResult>(TMetric metric, Tensor samples, Func<TMetric, TResult> compute)
        where TMetric : IStreamingMetric<TResult>
    {
        try
        {
            metric.Update(samples);
            return compute(metric);
        }
        finally
        {
            metric.Reset();
        }
    }

    /// <summary>Tells before the work what <see cref="Judge"/> would refuse.</summary>
    internal void Check(Tensor features, Tensor? probabilities)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.Features(features, _width, nameof(features));
        if (probabilities is null != _modes is null)
        {
            throw new ArgumentException(
                _modes is null
                    ? "Class probabilities were given for the generated samples but not for the real ones. Give both, or neither."
                    : "Class probabilities were given for the real samples but not for the generated ones. Give both, or neither.",
                nameof(probabilities));
        }

        if (probabilities is not null)
        {
            SampleChecks.Probabilities(probabilities, _classes, nameof(probabilities));
            SameRows(features, probabilities, nameof(probabilities));
        }
    }

    private static void SameRows(Tensor features, Tensor probabilities, string parameter)
    {
        if (features.shape[0] != probabilities.shape[0])
        {
            throw new ArgumentException(
                $"Features and class probabilities must be of the same samples; got {SampleChecks.Shape(features)} and {SampleChecks.Shape(probabilities)}.",
                parameter);
        }
    }

    private static double[] Shares(Tensor probabilities)
    {
        using var count = new ModeCount((int)probabilities.shape[1]);
        count.Update(probabilities);
        return [.. count.Compute().Counts.Select(n => (double)n / probabilities.shape[0])];
    }

    private static ShiftedProgress? Part(IProgress<double>? progress, double from, double share) =>
        progress is null ? null : new ShiftedProgress(progress, from, share);
}
