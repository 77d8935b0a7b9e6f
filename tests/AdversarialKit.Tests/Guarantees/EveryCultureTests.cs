using System.Globalization;
using System.Text.RegularExpressions;
using AdversarialKit.Tests.Reporting;
using AdversarialKit.Tests.Support;
using Microsoft.Extensions.Logging;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>
/// What the library writes is the same in every culture: Swedish has a minus sign of its own (U+2212), Persian and Arabic put
/// direction marks before theirs and write decimal points of their own, and the Arabic calendar counts other years.
/// </summary>
public sealed partial class EveryCultureTests
{
    private static readonly string[] _names = ["sv-SE", "fa-IR", "ar-SA", "de-DE"];

    public static TheoryData<string> Cultures => [.. _names];

    [Fact]
    public void Cultures_OnThisMachine_DoDiffer()
    {
        foreach (var name in _names)
        {
            using var culture = new Culture(name);

            (-1.5).ToString(CultureInfo.CurrentCulture).Should().NotBe("-1.5", "else this file would test nothing");
        }
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Everything_InACulture_ReadsAsInAnother(string name)
    {
        var plain = Everything(name: "");

        var here = Everything(name);

        here.Split('\n').Should().Equal(plain.Split('\n'));
        here.Should().Contain("-0.25").And.NotMatchRegex("[\u2212\u061c\u200e\u200f\u066b]");
    }

    private static string Everything(string name)
    {
        using var culture = new Culture(name);
        return string.Join("\n", Description(), Faults(), Messages(), Run());
    }

    private static string Description()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator)
            .WithLatent(Latent.Uniform(-0.25, 1.5, 4))
            .WithPenalty(Penalty.R1(), 0.75, interval: 16)
            .WithOptimizers(Optimizers.Adam(2.5e-4, beta1: 0.5))
            .WithLearningRates(Schedule.Linear(1234), Schedule.Linear(5678))
            .WithGradientClipping(Clip.Norm(1.25))
            .WithGeneratorAverage(Ema.HalfLife(12.5))
            .WithSeed(-7)
            .Build();
        return gan.Describe();
    }

    private static string Faults()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        return string.Join("\n", new Func<GanBuilder>[]
        {
            () => Toy.Builder(generator, discriminator).WithDiscriminatorSteps(-3).WithPenalty(Penalty.R1(), -0.25, interval: -2).WithGradientAccumulation(-4),
            () => new GanBuilder().WithLatent(Latent.Normal(-3, 4)),
            () => new GanBuilder().WithLatent(Latent.Uniform(1.5, -0.25, 4)),
            () => Toy.Builder(generator, discriminator).WithGradientClipping(Clip.Norm(-0.25)),
            () => Toy.Builder(generator, discriminator).WithOptimizers(Optimizers.Adam(-0.25)),
        }.Select(build => Message(() => build().Build())));
    }

    private static string Messages()
    {
        using var scope = NewDisposeScope();
        using var score = new ClassifierScore();
        using var modes = new ModeCount(3);
        using var few = new FrechetExtrapolation(FeatureStatistics.Of(randn(40, 8)));
        return string.Join(
            "\n",
            Message(() => score.Update(tensor(new[,] { { -0.25, 1.25 } }))),
            Message(() => modes.UpdateLabels(tensor(new[] { -1L, 2 }))),
            Message(() => _ = new ModeCount(2, referenceShares: [-0.25, 1.5])),
            Message(() => few.Compute()),
            new QualityReport(-5, -0.25, -0.001, 0.5, 0.25, 0.5, 1.5, 0.75, 1.25, 0.5, 0.5, 3, 0.125, []).ToLine());
    }

    // Loss and figures of a run below zero, in the log of the logger, the files of all three observers and the manifest.
    private static string Run()
    {
        manual_seed(1);
        using var folder = new ReportFolder();
        using var generator = PictureGan.PointGenerator();
        using var discriminator = PictureGan.PointDiscriminator();
        using var logger = new CollectingLogger(LogLevel.Trace);
        using var gan = Toy.Builder(generator, discriminator).WithLoss(AdversarialLoss.Wasserstein()).WithSeed(-7).WithLogger(logger).Build();
        using var data = randn(16, 2, generator: new Generator(5));
        using var batches = Batches.FromTensor(data, 8);
        using (var report = new HtmlReport(folder.File("report.html"), new HtmlReportOptions { Samples = 0 }))
        using (var log = new JsonLinesLog(folder.File("log.jsonl")))
        {
            report.Add("mine", 0, -0.25);
            gan.Fit(batches, new FitOptions
            {
                Iterations = 3,
                ProgressInterval = 1,
                Callbacks = [report, log],
                Checkpoints = new CheckpointOptions { Directory = folder.File("c"), Interval = 2, Metric = _ => -0.25 },
            });
        }

        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".html" or ".jsonl" or ".json")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);
        return Unsteady().Replace(string.Join("\n", files.Concat(logger.Entries.Select(entry => entry.Message))).Replace(folder.Path, "", StringComparison.Ordinal), "#");
    }

    private static string Message(Action act)
    {
        try
        {
            act();
            return "nothing";
        }
        catch (Exception error) when (error is ArgumentException or InvalidGanException or InvalidOperationException)
        {
            return error.Message;
        }
    }

    // Times, rates and sums of files differ from run to run.
    [GeneratedRegex(
        """\d+-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*( UTC|Z|\+00:00)?|\d\d:\d\d:\d\d\.\d+|"(elapsedSeconds|iterationsPerSecond)":[^,}]*|[\d.E+-]+ iterations/s""" +
        """|[0-9a-f]{64}|<dt>Iterations a second</dt><dd>[^<]*|"title":"Throughput".*?\]\}\]\}|[\d.]+&#160;s""")]
    private static partial Regex Unsteady();
}
