using AdversarialKit.Tests.Reporting;
using AdversarialKit.Tests.Support;
using AdversarialKit.Tests.Training;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>
/// All observers together hold 24 sheets and 1,000 buckets a curve at most, however long a run is: memory rises until both are
/// full, and not beyond.
/// </summary>
public sealed class ObserversHoldBoundedMemoryTests
{
    // Sheets are taken every iteration at first and half as often whenever there are 24: one iteration before 24 * 2^k there are 24.
    private const long Full = (24 << 6) - 1;
    private const long FullAgain = (24 << 8) - 1;

    [Fact]
    public void Fit_WithAllObservers_HoldsNoMoreAfterFourTimesTheIterations()
    {
        // The heap is the whole process's, and what other tests left behind may come and go meanwhile; a leak shows every time.
        var runs = Enumerable.Range(0, 3).Select(_ => Measure()).ToList();

        runs.Min(run => run.Later).Should().BeLessThan(12 << 10, "sheets and curves are full");
        runs.Max(run => run.First).Should().BeGreaterThan(100 << 10, "else nothing was held, and this would test nothing");
    }

    private static (long First, long Later) Measure()
    {
        using var folder = new ReportFolder();
        using var generator = PictureGan.ImageGenerator();
        using var discriminator = PictureGan.ImageDiscriminator();
        // So slow that the sheets, which are compressed, keep their sizes.
        using var gan = Toy.Builder(generator, discriminator).WithOptimizers(Optimizers.Adam(1e-9)).Build();
        using var real = PictureGan.RealImages();
        using var batches = Batches.FromTensor(real, 4);
        using var report = new HtmlReport(folder.File("report.html"), new HtmlReportOptions { SheetInterval = 1 });
        using var board = new TensorBoardLog(folder.File("board"), new TensorBoardLogOptions { Interval = 1, SheetInterval = 50 });
        using var log = new JsonLinesLog(folder.File("log.jsonl"));
        var held = new Dictionary<long, long>();
        var meter = new Callback((_, progress) =>
        {
            if (progress.Iteration is 8 or Full or FullAgain)
            {
                held[progress.Iteration] = Held();
            }
        });

        gan.Fit(batches, new FitOptions { Iterations = FullAgain, Callbacks = [report, board, log, meter], Doctor = false });

        return (held[Full] - held[8], held[FullAgain] - held[Full]);
    }

    private static long Held()
    {
        for (var i = 0; i < 3; i++)
        {
#pragma warning disable RS0030 // What is held can be told apart from what is not yet collected in no other way.
            GC.Collect();
#pragma warning restore RS0030
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
