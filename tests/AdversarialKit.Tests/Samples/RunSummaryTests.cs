using MnistGan;

namespace AdversarialKit.Tests;

public sealed class RunSummaryTests
{
    private static readonly FitResult _result = new()
    {
        Iterations = 30_000,
        Elapsed = TimeSpan.FromSeconds(200),
        Last = new StepResult(30_000, new DiscriminatorResult { Loss = 0.6349, RealAccuracy = 0.631, FakeAccuracy = 0.631 }, new GeneratorResult { Loss = 1.0204 }),
    };

    private static readonly RunSummary _whole = new(_result, 0, new Options { OutputFolder = "out", CheckpointInterval = 0 }) { Sheets = 151, HasExport = true };

    [Fact]
    public void WriteTo_WholeRun_SaysWhereEverythingIs()
    {
        Lines(_whole).Should().Equal(
            "Done: 30,000 iterations in 3:20 min (150.0 it/s).",
            "Final:  discriminator loss 0.635, accuracy 63.1 %, generator loss 1.020",
            $"Sheets: 151 in {Path.GetFullPath("out/images")}",
            $"Export: {Path.GetFullPath("out/samples.idx3-ubyte.gz")}");
    }

    [Fact]
    public void WriteTo_StoppedBeforeTheFirstIteration_HasNoLosses()
    {
        Lines(_whole with
        {
            Result = _result with { Iterations = 0, Elapsed = TimeSpan.FromSeconds(1) },
            Stopped = true,
            HasExport = false,
            Sheets = 1,
            Options = _whole.Options with { Export = null },
        }).Should().Equal(
            "Stopped after 0 iterations in 1.0 s (0.0 it/s).",
            $"Sheets: 1 in {Path.GetFullPath("out/images")}");
    }

    [Fact]
    public void WriteTo_ResumedRunWithACheckpointAndAFinding_TellsThem()
    {
        var summary = _whole with
        {
            Before = 29_000,
            Result = _result with { Diagnoses = [new Diagnosis(DiagnosisKind.LossPinned, 29_500, "A loss stood still.")], Checkpoint = "c" },
            Options = _whole.Options with { CheckpointInterval = 1000, Export = null },
            HasExport = false,
        };

        Lines(summary).Should().Equal(
            "Done: 30,000 iterations in 3:20 min (5.0 it/s).",
            "Final:  discriminator loss 0.635, accuracy 63.1 %, generator loss 1.020",
            "Note:   at iteration 29,500: A loss stood still.",
            $"Sheets: 151 in {Path.GetFullPath("out/images")}",
            $"Checkpoint: {Path.GetFullPath("c")} (go on with --resume)");
    }

    private static string[] Lines(RunSummary summary)
    {
        using var writer = new StringWriter();
        summary.WriteTo(writer);
        return writer.ToString().TrimEnd().Split(Environment.NewLine);
    }
}
