using System.Globalization;
using System.Text;
using static AdversarialKit.ReportFormat;

namespace AdversarialKit;

/// <summary>The evaluations as a table, the best one marked: it and the newest ones, where there are many.</summary>
internal static class ReportEvaluations
{
    private const int MostRows = 50;

    private static readonly (string Name, QualityFigure Figure)[] _columns =
    [
        ("Fréchet", QualityFigure.Frechet),
        ("Kernel", QualityFigure.Kernel),
        ("Precision", QualityFigure.Precision),
        ("Recall", QualityFigure.Recall),
        ("Density", QualityFigure.Density),
        ("Coverage", QualityFigure.Coverage),
        ("Score", QualityFigure.Score),
        ("Classes", QualityFigure.Modes),
        ("Divergence", QualityFigure.ClassDivergence),
    ];

    public static string Render(IReadOnlyList<EvaluationResult> evaluations)
    {
        if (evaluations.Count == 0)
        {
            return "";
        }

        var best = evaluations.LastOrDefault(evaluation => evaluation.IsBest);
        var shown = evaluations.Where((evaluation, i) => i >= evaluations.Count - MostRows || evaluation == best).ToList();
        var columns = _columns.Where(column => shown.Exists(row => double.IsFinite(row.Quality.Value(column.Figure)))).ToList();
        var text = new StringBuilder("<section id=\"evaluations\" class=\"card\"><h2>Evaluations</h2>");
        if (shown.Count < evaluations.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">{Count(evaluations.Count)} in all; the best and the newest {MostRows} are shown.</p>");
        }

        text.Append("<div class=\"figures\"><table><tr><th>Iteration</th><th>Samples</th>")
            .AppendJoin("", columns.Select(column => $"<th>{column.Name}</th>"))
            .Append("<th></th></tr>");
        foreach (var row in shown)
        {
            text.Append(row == best ? "<tr class=\"best\">" : "<tr>")
                .Append(CultureInfo.InvariantCulture, $"<td>{Count(row.Iteration)}</td><td>{Count(row.Quality.Samples)}</td>")
                .AppendJoin("", columns.Select(column => $"<td>{Value(row.Quality.Value(column.Figure))}</td>"))
                .Append(row == best ? "<td>best</td></tr>" : "<td></td></tr>");
        }

        return text.Append("</table></div>").Append(Warnings(shown[^1])).Append("</section>").ToString();
    }

    private static string Warnings(EvaluationResult newest) => newest.Quality.Warnings.Count == 0
        ? ""
        : $"<ul class=\"quiet\">{string.Concat(newest.Quality.Warnings.Select(warning => $"<li>{Html(warning)}</li>"))}</ul>";
}
