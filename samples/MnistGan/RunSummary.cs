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
        foreach (var line in Lines())
        {
            output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        }
    }

    private IEnumerable<FormattableString> Lines()
    {
        var (last, made) = (Result.Last, Result.Iterations - Before);
        yield return $"{(Stopped ? "Stopped after" : "Done:")} {Result.Iterations:N0} iterations in {ReadableTime.Of(Result.Elapsed)} ({made / Math.Max(Result.Elapsed.TotalSeconds, 1e-9):F1} it/s).";
        if (made > 0)
        {
            yield return $"Final:  discriminator loss {last.Discriminator.Loss:F3}, accuracy {100 * last.Discriminator.Accuracy:F1} %, generator loss {last.Generator.Loss:F3}";
        }

        if (Best is { Quality: var q })
        {
            yield return $"Best:   iteration {Best.Iteration:N0}, Frechet {q.Frechet:F2}, precision {q.Precision:F3}, recall {q.Recall:F3}, coverage {q.Coverage:F3}, {q.Modes} classes{BestPlace()}";
        }

        foreach (var diagnosis in Result.Diagnoses)
        {
            yield return $"Note:   at iteration {diagnosis.Iteration:N0}: {diagnosis.Message}";
        }

        yield return $"Sheets: {Sheets:N0} in {OutputFolder.Sheets(Options)}";
        if (Options.Report)
        {
            yield return $"Report: {Path.GetFullPath(OutputFolder.Report(Options))}";
        }

        if (Options.CheckpointInterval > 0 && Result.Checkpoint is { } checkpoint)
        {
            yield return $"Checkpoint: {Path.GetFullPath(checkpoint)} (go on with --resume)";
        }

        if (HasExport)
        {
            yield return $"Export: {Path.GetFullPath(Path.Combine(Options.OutputFolder, OutputFolder.SamplesName))}";
        }
        else if (Options.Export is not null)
        {
            yield return $"Export: left out, as the run was stopped{(Options.CheckpointInterval > 0 ? "; --resume makes up for it" : "")}";
        }

        if (Onnx is not null)
        {
            yield return $"ONNX:   {Path.GetFullPath(Onnx.FilePath)} (within {Onnx.LargestDeviation:G2} of libtorch)";
        }
    }

    private string BestPlace() => BestPath is null ? "" : $"; checkpoint {Path.GetFullPath(BestPath)}, images in best.png" + (HasExport ? $" and {OutputFolder.BestName}" : "");
}
