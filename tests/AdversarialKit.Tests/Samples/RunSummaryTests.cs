using MnistGan;

namespace AdversarialKit.Tests;

public sealed class RunSummaryTests
{
    private static readonly RunSummary _whole = new()
    {
        Iterations = 30_000,
        Stopped = false,
        Elapsed = TimeSpan.FromSeconds(200),
        DiscriminatorLoss = 0.6349,
        Accuracy = 0.631,
        GeneratorLoss = 1.0204,
        SheetFolder = "sheets",
        Sheets = 151,
        ExportPath = "samples",
    };

    [Fact]
    public void WriteTo_WholeRun_SaysWhereEverythingIs()
    {
        Lines(_whole).Should().Equal(
            "Done: 30,000 iterations in 3:20 min (150.0 it/s).",
            "Final:  discriminator loss 0.635, accuracy 63.1 %, generator loss 1.020",
            $"Sheets: 151 in {Path.GetFullPath("sheets")}",
            $"Export: {Path.GetFullPath("samples")}");
    }

    [Fact]
    public void WriteTo_StoppedBeforeTheFirstIteration_HasNoLosses()
    {
        Lines(_whole with { Iterations = 0, Stopped = true, ExportPath = null, Sheets = 1, Elapsed = TimeSpan.FromSeconds(1) }).Should().Equal(
            "Stopped after 0 iterations in 1.0 s (0.0 it/s).",
            $"Sheets: 1 in {Path.GetFullPath("sheets")}");
    }

    [Fact]
    public void WriteTo_ResumedRunWithACheckpointAndAFinding_TellsThem()
    {
        var summary = _whole with
        {
            Before = 29_000,
            Diagnoses = [new Diagnosis(DiagnosisKind.LossPinned, 29_500, "A loss stood still.")],
            CheckpointPath = "c",
            ExportPath = null,
        };

        Lines(summary).Should().Equal(
            "Done: 30,000 iterations in 3:20 min (5.0 it/s).",
            "Final:  discriminator loss 0.635, accuracy 63.1 %, generator loss 1.020",
            "Note:   at iteration 29,500: A loss stood still.",
            $"Sheets: 151 in {Path.GetFullPath("sheets")}",
            $"Checkpoint: {Path.GetFullPath("c")} (go on with --resume)");
    }

    private static string[] Lines(RunSummary summary)
    {
        using var writer = new StringWriter();
        summary.WriteTo(writer);
        return writer.ToString().TrimEnd().Split(Environment.NewLine);
    }
}
