using System.Globalization;
using AdversarialKit;

namespace MnistGan;

/// <summary>How a run ended.</summary>
/// <param name="Result">What the training says.</param>
/// <param name="Before">The iterations that an earlier run had made.</param>
/// <param name="Options">What was asked for.</param>
internal sealed record RunSummary(FitResult Result, long Before, Options Options)
{
    /// <summary>Whether a signal ended it early, perhaps in an export.</summary>
    public bool Stopped { get; init; }
    public int Sheets { get; init; }
    public bool HasExport { get; init; }
    public OnnxExportResult? Onnx { get; init; }
    public EvaluationResult? Best { get; init; }

    /// <summary>The best evaluation's checkpoint, or null where none are written.</summary>
    public string? BestPath { get; init; }

    /// <summary>Tells the user where everything is.</summary>
    public void WriteTo(TextWriter output)
    {
        foreach (var line in Lines().OfType<FormattableString>())
        {
            output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        }
    }

    private IEnumerable<FormattableString?> Lines()
    {
        var (made, d, g) = (Result.Iterations - Before, Result.Last.Discriminator, Result.Last.Generator);
        yield return $"{(Stopped ? "Stopped after" : "Done:")} {Result.Iterations:N0} iterations in {ReadableTime.Of(Result.Elapsed)} ({made / Math.Max(Result.Elapsed.TotalSeconds, 1e-9):F1} it/s).";
        yield return made == 0 ? null : (FormattableString)$"Final:  discriminator loss {d.Loss:F3}, accuracy {100 * d.Accuracy:F1} %, generator loss {g.Loss:F3}";
        yield return Best is null ? null : (FormattableString)$"Best:   iteration {Best.Iteration:N0}, {Figures(Best.Quality)}{BestPlace()}";
        foreach (var diagnosis in Result.Diagnoses)
        {
            yield return $"Note:   at iteration {diagnosis.Iteration:N0}: {diagnosis.Message}";
        }

        yield return $"Sheets: {Sheets:N0} in {OutputFolder.Sheets(Options)}";
        yield return Options.Report ? (FormattableString)$"Report: {Path.GetFullPath(OutputFolder.Report(Options))}" : null;
        yield return KeepsCheckpoints && Result.Checkpoint is { } checkpoint ? (FormattableString)$"Checkpoint: {Path.GetFullPath(checkpoint)} (go on with --resume)" : null;
        yield return HasExport
            ? $"Export: {Path.GetFullPath(Path.Combine(Options.OutputFolder, OutputFolder.SamplesName))}"
            : Options.Export is null ? null : (FormattableString)$"Export: left out, as the run was stopped{(KeepsCheckpoints ? "; --resume makes up for it" : "")}";
        yield return Onnx is null ? null : (FormattableString)$"ONNX:   {Path.GetFullPath(Onnx.FilePath)} (within {Onnx.LargestDeviation:G2} of libtorch)";
    }

    private bool KeepsCheckpoints => Options.CheckpointInterval > 0;

    private static string Figures(QualityReport quality) => FormattableString.Invariant(
        $"Frechet {quality.Frechet:F2}, precision {quality.Precision:F3}, recall {quality.Recall:F3}, coverage {quality.Coverage:F3}, {quality.Modes} classes");

    private string BestPlace() => BestPath is null ? "" : $"; checkpoint {Path.GetFullPath(BestPath)}, images in best.png" + (HasExport ? $" and {OutputFolder.BestName}" : "");
}
