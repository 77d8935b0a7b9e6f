using System.Diagnostics;
using AdversarialKit.Tests.Support;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AdversarialKit.Tests.Training;

/// <summary>OpenTelemetry's exporters work as they are, by the one name.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_WithOpenTelemetry_ExportsInstrumentsAndActivities()
    {
        var metrics = new List<MetricSnapshot>();
        var activities = new List<Activity>();
        TrainingProgress? last = null;
        using (var meters = Sdk.CreateMeterProviderBuilder().AddMeter("AdversarialKit").AddInMemoryExporter(metrics).Build())
        using (Sdk.CreateTracerProviderBuilder().AddSource("AdversarialKit").AddInMemoryExporter(activities).Build())
        {
            Train(new Callback((_, progress) =>
            {
                if (progress.Iteration == 6)
                {
                    last = progress;
                    meters.ForceFlush();
                }
            }));
        }

        Sum(metrics, "adversarialkit.iterations").Should().Be(6);
        Sum(metrics, "adversarialkit.samples").Should().Be(48);
        Sum(metrics, "adversarialkit.checkpoints").Should().Be(2);
        var step = last!.Step;
        (string Name, double Value)[] gauges =
        [
            ("adversarialkit.discriminator.loss", step.Discriminator.Loss), ("adversarialkit.generator.loss", step.Generator.Loss),
            ("adversarialkit.discriminator.accuracy.real", step.Discriminator.RealAccuracy),
            ("adversarialkit.discriminator.accuracy.fake", step.Discriminator.FakeAccuracy),
            ("adversarialkit.throughput", last.IterationsPerSecond),
        ];
        foreach (var (name, value) in gauges)
        {
            metrics.Should().Contain(metric => metric.Name == name && metric.MetricPoints[0].GetGaugeLastValueDouble() == value);
        }

        activities.Select(activity => activity.OperationName).Should().Equal("AdversarialKit.Checkpoint", "AdversarialKit.Checkpoint", "AdversarialKit.Fit");
        activities[0].ParentId.Should().Be(activities[2].Id);
        activities[2].GetTagItem("adversarialkit.reason").Should().Be("Completed");
    }

    [Fact]
    public void Fit_WithAnEvaluation_ExportsItsFiguresItsTimeAndAnActivity()
    {
        using var real = Toy.Real(40);
        using var quality = new SampleQuality(real);
        var metrics = new List<MetricSnapshot>();
        var activities = new List<Activity>();
        using (var meters = Sdk.CreateMeterProviderBuilder().AddMeter("AdversarialKit").AddInMemoryExporter(metrics).Build())
        using (Sdk.CreateTracerProviderBuilder().AddSource("AdversarialKit").AddInMemoryExporter(activities).Build())
        {
            var flush = new Callback((_, progress) => { if (progress.Iteration == 6) { meters.ForceFlush(); } });
            Train(flush, new EvaluationOptions { Quality = quality, Features = new ScriptedFeatures(real, () => 1), Interval = 3, Samples = 40 });
        }

        metrics.Last(metric => metric.Name == "adversarialkit.quality.frechet").MetricPoints[0].GetGaugeLastValueDouble().Should().BeApproximately(6, 1e-6);
        metrics.Should().NotContain(metric => metric.Name == "adversarialkit.quality.score", "no class probabilities were given");
        metrics.Should().Contain(metric => metric.Name == "adversarialkit.evaluation.duration");
        activities.Select(activity => activity.OperationName).Should().Contain("AdversarialKit.Evaluation");
    }

    [Fact]
    public void Fit_CallbackThrows_MarksTheActivity()
    {
        var activities = new List<Activity>();
        using (Sdk.CreateTracerProviderBuilder().AddSource("AdversarialKit").AddInMemoryExporter(activities).Build())
        {
            var train = () => Train(new Callback((_, _) => throw new TimeoutException("mine")));
            train.Should().Throw<TimeoutException>();
        }

        activities[^1].Status.Should().Be(ActivityStatusCode.Error);
        activities[^1].StatusDescription.Should().Be("mine");
    }

    private void Train(ITrainingCallback callback, EvaluationOptions? evaluation = null)
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real(40);
        using var batches = Batches.FromTensor(real, 8);
        gan.Fit(batches, new FitOptions
        {
            Iterations = 6,
            Callbacks = [callback],
            Evaluation = evaluation,
            Checkpoints = new CheckpointOptions { Directory = _folder.Path, Interval = 3 },
        });
    }

    private static long Sum(List<MetricSnapshot> metrics, string name)
    {
        var last = metrics.Last(metric => metric.Name == name);
        return last.MetricPoints.Sum(point => point.GetSumLong());
    }
}
