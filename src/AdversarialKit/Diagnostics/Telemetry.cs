using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AdversarialKit;

/// <summary>
/// Instruments and activities under the name <c>AdversarialKit</c>, for whoever listens in the process, such as
/// OpenTelemetry. Where nobody does, a run pays for a few tests of a flag.
/// </summary>
internal static class Telemetry
{
    public const string Name = "AdversarialKit";
    public const string RunTag = "adversarialkit.run";

    // Instruments belong to the process, whichever GAN trains in it; gauges ask the runs that are under way.
    private static readonly ConcurrentDictionary<long, RunTelemetry> _runs = new();
    private static readonly ActivitySource _activities = new(Name);
    private static readonly Meter _meter = new(Name);
    private static readonly Counter<long> _checkpoints = _meter.CreateCounter<long>("adversarialkit.checkpoints", "{checkpoint}", "Checkpoints written.");
    private static readonly Histogram<double> _checkpointTime = _meter.CreateHistogram<double>("adversarialkit.checkpoint.duration", "s", "Time to write a checkpoint.");
    private static readonly ObservableGauge<double>[] _gauges =
    [
        Gauge("adversarialkit.discriminator.loss", "1", "The discriminator's loss in the last iteration.", p => p.Step.Discriminator.Loss),
        Gauge("adversarialkit.generator.loss", "1", "The generator's loss in the last iteration.", p => p.Step.Generator.Loss),
        Gauge("adversarialkit.discriminator.accuracy.real", "1", "The share of real samples taken for real, 0 to 1.", p => p.Step.Discriminator.RealAccuracy),
        Gauge("adversarialkit.discriminator.accuracy.fake", "1", "The share of fakes taken for fake, 0 to 1.", p => p.Step.Discriminator.FakeAccuracy),
        Gauge("adversarialkit.throughput", "{iteration}/s", "Iterations per second over the last seconds.", p => p.IterationsPerSecond),
    ];

    private static readonly ObservableGauge<double>[] _qualityGauges = Array.ConvertAll(Enum.GetValues<QualityFigure>(), figure => Gauge(
        $"adversarialkit.quality.{(figure == QualityFigure.ClassDivergence ? "class_divergence" : figure.ToString().ToLowerInvariant())}",
        "1",
        $"The figure {figure} of the last evaluation.",
        p => p.Evaluation?.Quality.Value(figure) is { } value && !double.IsNaN(value) ? value : null));

    private static long _lastRun;

    public static Counter<long> Iterations { get; } = _meter.CreateCounter<long>("adversarialkit.iterations", "{iteration}", "Iterations completed.");

    public static Counter<long> Samples { get; } = _meter.CreateCounter<long>("adversarialkit.samples", "{sample}", "Real samples shown to the discriminator.");

    public static Counter<long> Diagnoses { get; } = _meter.CreateCounter<long>("adversarialkit.diagnoses", "{diagnosis}", "Ways of failing that were found.");

    public static Counter<long> SamplerSamples { get; } = _meter.CreateCounter<long>("adversarialkit.sampler.samples", "{sample}", "Samples that samplers made for requests.");

    public static Histogram<double> SamplerTime { get; } = _meter.CreateHistogram<double>("adversarialkit.sampler.request.duration", "s", "Time from a sampler's request to its answer.");

    public static Histogram<double> EvaluationTime { get; } = _meter.CreateHistogram<double>("adversarialkit.evaluation.duration", "s", "Time to evaluate.");

    /// <summary>Whether a gauge is observed, so that there is need of the numbers of the last iteration.</summary>
    public static bool GaugesAreObserved => Array.Exists([.. _gauges, .. _qualityGauges], gauge => gauge.Enabled);

    /// <summary>A run begins; it ends when the result is disposed.</summary>
    public static RunTelemetry BeginRun(long iteration)
    {
        var id = Interlocked.Increment(ref _lastRun);
        var activity = _activities.StartActivity("AdversarialKit.Fit");
        activity?.SetTag(RunTag, id).SetTag("adversarialkit.iteration.start", iteration);
        return _runs[id] = new RunTelemetry(id, activity, () => _runs.TryRemove(id, out _));
    }

    /// <summary>A checkpoint is about to be written; the activity fails unless <see cref="CheckpointTelemetry.Written"/> is called.</summary>
    public static CheckpointTelemetry BeginCheckpoint(long iteration)
    {
        var activity = _activities.StartActivity("AdversarialKit.Checkpoint");
        activity?.SetTag("adversarialkit.iteration", iteration);
        return new CheckpointTelemetry(activity, _checkpoints, _checkpointTime);
    }

    /// <summary>An evaluation begins; it ends when the result is disposed.</summary>
    public static Activity? BeginEvaluation(long iteration) =>
        _activities.StartActivity("AdversarialKit.Evaluation")?.SetTag("adversarialkit.iteration", iteration);

    private static ObservableGauge<double> Gauge(string name, string unit, string description, Func<TrainingProgress, double?> value) =>
        _meter.CreateObservableGauge(name, () => Observe(value), unit, description);

    private static IEnumerable<Measurement<double>> Observe(Func<TrainingProgress, double?> value) =>
        from run in _runs.Values
        let progress = run.Last
        where progress is not null
        let measured = value(progress)
        where measured is not null
        select new Measurement<double>(measured.Value, run.Tag);
}
