using AdversarialKit.Tests.Reporting;
using AdversarialKit.Tests.Training;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>Samples, exports and checkpoints are the same whether or not somebody looks on, and after a resume too.</summary>
public sealed class ObserversLeaveNoTraceTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_WithAllObservers_EndsInTheSameBitsAndTheSameNextSamples() => Run(watched: true, resumed: false).Should().Be(Run(watched: false, resumed: false));

    [Fact]
    public void Fit_ResumedWithAllObservers_EndsInTheSameBitsAndTheSameNextSamples() => Run(watched: true, resumed: true).Should().Be(Run(watched: false, resumed: false));

    [Fact]
    public void FixedLatents_AnyCall_GivesTheSameAndMovesNoStream()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        using var scope = NewDisposeScope();
        var first = rich.Gan.FixedLatents(7);
        using var other = new RichGan(Sampling.Shuffled, seed: 8);
        using var alike = new RichGan(Sampling.WithReplacement);
        alike.TrainTo(3);

        rich.Gan.DrawLatents(3);

        rich.Gan.FixedLatents(7).Equals(first).Should().BeTrue();
        alike.Gan.FixedLatents(7).Equals(first).Should().BeTrue();
        other.Gan.FixedLatents(7).Equals(first).Should().BeFalse();
        rich.Gan.DrawLatents(7).Equals(first).Should().BeFalse();
        rich.Gan.FixedLabels(7).Should().BeNull();
        rich.Gan.Invoking(gan => gan.FixedLatents(0)).Should().Throw<ArgumentOutOfRangeException>();
        rich.Gan.Invoking(gan => gan.FixedLabels(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private string Run(bool watched, bool resumed)
    {
        var folder = Directory.CreateDirectory(_folder.File(Guid.NewGuid().ToString("N"))).FullName;
        if (resumed)
        {
            using var broken = new RichGan(Sampling.Shuffled);
            Fit(broken, 6, watched, folder);
            broken.Gan.SaveCheckpoint(Path.Combine(folder, "checkpoints"), batches: broken.Batches);
        }

        using var rich = new RichGan(Sampling.Shuffled);
        if (resumed)
        {
            rich.Gan.LoadCheckpoint(Path.Combine(folder, "checkpoints"), batches: rich.Batches);
        }

        Fit(rich, 12, watched, folder);
        return rich.Digest();
    }

    private static void Fit(RichGan rich, long iterations, bool watched, string folder)
    {
        using var report = new HtmlReport(Path.Combine(folder, "report.html"), new HtmlReportOptions { SheetInterval = 2 });
        using var board = new TensorBoardLog(Path.Combine(folder, "board"), new TensorBoardLogOptions { Interval = 1, SheetInterval = 3 });
        using var log = new JsonLinesLog(Path.Combine(folder, "log.jsonl"));
        rich.Gan.Fit(rich.Batches, new FitOptions { Iterations = iterations, Callbacks = watched ? [report, board, log] : [] });
    }
}
