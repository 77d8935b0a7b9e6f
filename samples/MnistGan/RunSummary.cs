using System.Globalization;
using AdversarialKit;

namespace MnistGan;

/// <summary>How a run ended.</summary>
internal sealed record RunSummary
{
    /// <summary>Finished iterations.</summary>
    public required long Iterations { get; init; }

    /// <summary>Of which an earlier run had made so many.</summary>
    public long Before { get; init; }

    /// <summary>Whether a signal ended it early, perhaps in an export.</summary>
    public required bool Stopped { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required double DiscriminatorLoss { get; init; }

    /// <summary>Share of real and generated images that the discriminator told apart, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    public required double GeneratorLoss { get; init; }

    public required string SheetFolder { get; init; }

    public required int Sheets { get; init; }

    /// <summary>The last checkpoint, or null where none were asked for.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>The report that <c>--report</c> asked for, or null.</summary>
    public string? ReportPath { get; init; }

    /// <summary>What was found wrong on the way.</summary>
    public IReadOnlyList<Diagnosis> Diagnoses { get; init; } = [];

    /// <summary>The file that <c>--export</c> asked for, or null.</summary>
    public string? ExportPath { get; init; }

    /// <summary>Whether a file was asked for that a stopped run does not write.</summary>
    public bool ExportLeftOut { get; init; }

    /// <summary>The file that <c>--onnx</c> asked for, or null.</summary>
    public OnnxExportResult? Onnx { get; init; }

    /// <summary>The best evaluation, or null where none was asked for.</summary>
    public EvaluationResult? Best { get; init; }

    /// <summary>Its checkpoint, or null where none are written.</summary>
    public string? BestPath { get; init; }

    /// <summary>Tells the user where everything is.</summary>
    public void WriteTo(TextWriter output)
    {
        var rate = (Iterations - Before) / Math.Max(Elapsed.TotalSeconds, 1e-9);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(Stopped ? "Stopped after" : "Done:")} {Iterations:N0} iterations in {Wording.Span(Elapsed)} ({rate:F1} it/s)."));
        if (Iterations > Before)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Final:  discriminator loss {DiscriminatorLoss:F3}, accuracy {100 * Accuracy:F1} %, generator loss {GeneratorLoss:F3}"));
        }

        if (Best is not null)
        {
            var place = BestPath is null ? "" : $"; checkpoint {Path.GetFullPath(BestPath)}, images in best.png" + (ExportPath is null ? "" : $" and {Export.BestFileName}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Best:   iteration {Best.Iteration:N0}, {Wording.Figures(Best.Quality)}{place}"));
        }

        foreach (var diagnosis in Diagnoses)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Note:   at iteration {diagnosis.Iteration:N0}: {diagnosis.Message}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Sheets: {Sheets:N0} in {Path.GetFullPath(SheetFolder)}"));
        if (ReportPath is not null)
        {
            output.WriteLine($"Report: {Path.GetFullPath(ReportPath)}");
        }

        if (CheckpointPath is not null)
        {
            output.WriteLine($"Checkpoint: {Path.GetFullPath(CheckpointPath)} (go on with --resume)");
        }

        if (ExportPath is not null)
        {
            output.WriteLine($"Export: {Path.GetFullPath(ExportPath)}");
        }
        else if (ExportLeftOut)
        {
            output.WriteLine("Export: left out, as the run was stopped" + (CheckpointPath is null ? "" : "; --resume makes up for it"));
        }

        if (Onnx is not null)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"ONNX:   {Path.GetFullPath(Onnx.FilePath)} (within {Onnx.LargestDeviation:G2} of libtorch)"));
        }
    }
}
