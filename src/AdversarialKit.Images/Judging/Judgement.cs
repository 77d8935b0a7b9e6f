using System.Globalization;
using System.Text;

namespace AdversarialKit;

/// <summary>Samples between two anchors, real pictures and noise: what <see cref="PictureJudge.Evaluate"/> found.</summary>
/// <param name="Rows">Real pictures, the samples, noise; all compared with the same real pictures.</param>
/// <param name="Copies">Whether the samples are copies of training pictures; null where the judge has no test set, whose pictures no GAN has seen.</param>
public sealed record Judgement(IReadOnlyList<JudgementRow> Rows, MemorizationResult? Copies)
{
    /// <summary>The samples' own row.</summary>
    public JudgementRow Samples => Rows[^2];

    /// <summary>The table with a line for each row, then a line for whatever makes a figure doubtful.</summary>
    /// <returns>Lines of text, without a line break at the end.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"",-18}{"images",8}{"Frechet",10}{"KID",10}{"score",8}{"conf.",8}{"prec.",8}{"recall",8}{"dens.",8}{"cover.",8}{"modes",7}{"class KL",10}");
        foreach (var (name, q, _) in Rows)
        {
            text.AppendLine().Append(
                CultureInfo.InvariantCulture,
                $"{name,-18}{q.Samples,8}{q.Frechet,10:F2}{q.Kernel,10:F4}{q.Score,8:F2}{q.Confidence,8:F3}{q.Precision,8:F3}{q.Recall,8:F3}{q.Density,8:F3}{q.Coverage,8:F3}{q.Modes,7}{q.ClassDivergence,10:F4}");
        }

        foreach (var row in Rows.Where(row => row.Agreement is not null))
        {
            text.AppendLine().Append(
                CultureInfo.InvariantCulture, $"The judge sees the class that was asked for on {100 * row.Agreement:F2} % of {row.Name}.");
        }

        if (Copies is not null)
        {
            text.AppendLine().Append(
                CultureInfo.InvariantCulture,
                $"The samples are nearer to the training set than test images in {100 * Copies.CloserShare:F1} % of all pairs (50 %: as new ones; near 100 %: copies); {Copies.ExactCopies} equal one of it.");
        }

        foreach (var warning in Rows.SelectMany(row => row.Quality.Warnings.Select(warning => $"{row.Name}: {warning}")))
        {
            text.AppendLine().Append(warning);
        }

        return text.ToString();
    }
}
