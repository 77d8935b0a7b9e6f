using System.Text.Json;
using AdversarialKit;

namespace MnistGan;

/// <summary>What <c>evaluate</c> found: the images between two anchors, real ones and noise.</summary>
/// <param name="File">The images.</param>
/// <param name="Reference">The real images that all rows are compared with.</param>
/// <param name="Judge">By whose eyes.</param>
/// <param name="Rows">Real images, the file's, noise.</param>
/// <param name="Copies">Whether the file's images are copies of training images.</param>
internal sealed record EvaluationReport(
    string File, string Reference, JudgeFigures Judge, IReadOnlyList<EvaluationRow> Rows, MemorizationResult Copies)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes all figures as JSON.</summary>
    public void WriteJson(string path)
    {
        using var file = new ReplacingFile(path);
        JsonSerializer.Serialize(file.Stream, this, _json);
        file.Complete();
    }

    /// <summary>Prints the table, then whatever makes a figure doubtful.</summary>
    public void WriteTo(TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant(
            $"{"",-18}{"images",8}{"Frechet",10}{"KID",10}{"score",8}{"conf.",8}{"prec.",8}{"recall",8}{"dens.",8}{"cover.",8}{"modes",7}{"class KL",10}"));
        foreach (var (name, q, _) in Rows)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{name,-18}{q.Samples,8}{q.Frechet,10:F2}{q.Kernel,10:F4}{q.Score,8:F2}{q.Confidence,8:F3}{q.Precision,8:F3}{q.Recall,8:F3}{q.Density,8:F3}{q.Coverage,8:F3}{q.Modes,7}{q.ClassDivergence,10:F4}"));
        }

        foreach (var row in Rows.Where(row => row.Agreement is not null))
        {
            output.WriteLine(FormattableString.Invariant(
                $"The judge sees the digit that was asked for on {100 * row.Agreement:F2} % of {row.Name}."));
        }

        output.WriteLine(FormattableString.Invariant(
            $"These images are nearer to the training set than test images in {100 * Copies.CloserShare:F1} % of all pairs (50 %: as new ones; near 100 %: copies); {Copies.ExactCopies} equal one of it."));

        foreach (var warning in Rows.SelectMany(row => row.Quality.Warnings.Select(warning => $"{row.Name}: {warning}")))
        {
            output.WriteLine(warning);
        }
    }
}
