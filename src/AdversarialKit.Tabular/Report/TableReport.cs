using System.Net;
using System.Text;

namespace AdversarialKit;

/// <summary>A report as one HTML page that needs no other file: real beside synthetic, column by column and pair by pair, utility, privacy.</summary>
public static class TableReport
{
    private const int MostPairs = 12;

    /// <summary>Writes it.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="content">What it shows.</param>
    /// <exception cref="TableException">A table has no rows, or they have no column in common.</exception>
    public static void Write(string path, TableReportContent content)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(content);
        File.WriteAllText(path, Html(content));
    }

    internal static string Html(TableReportContent content)
    {
        var infos = new ColumnFinding(content.Learned).FindShared(content.Columns, content.HeldOut, content.Synthetic);
        var views = TableSimilarity.Views(content.HeldOut, content.Synthetic, infos);
        var figures = TableSimilarity.Over(infos, content.HeldOut, content.Synthetic);
        var page = new StringBuilder();
        _ = page.Put($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Encode(content.Title)}</title><style>{ReportStyle.Sheet}</style></head><body><main>");
        _ = page.Put($"<h1>{Encode(content.Title)}</h1><p class=\"key\"><span class=\"real\"></span>real, held out ({content.HeldOut.RowCount} rows) <span class=\"synthetic\"></span>synthetic ({content.Synthetic.RowCount} rows)</p>");
        AddSummary(page, content, infos, figures);
        AddFit(page, content.Fit);
        AddColumns(page, views, figures);
        AddPairs(page, views, figures);
        AddPrivacy(page, content);
        AddRemarks(page, content.Columns);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void AddSummary(StringBuilder page, TableReportContent content, List<TableColumnInfo> infos, TableFigures figures)
    {
        _ = page.Append("<h2>In short</h2><table><thead><tr><th>Rows</th><th>Columns alike</th><th>Pairs alike</th>");
        var targets = content.Utility.Select(figure => (figure.Target, figure.Measure)).Distinct().ToList();
        foreach (var (target, measure) in targets)
        {
            _ = page.Put($"<th>{Encode(measure)} of '{Encode(target)}'</th>");
        }

        _ = page.Append("</tr></thead><tbody>");
        AddSummaryRow(page, content, targets, "real", TableSimilarity.Over(infos, content.HeldOut, content.Learned));
        AddSummaryRow(page, content, targets, "synthetic", figures);
        foreach (var (name, rows) in content.Others)
        {
            AddSummaryRow(page, content, targets, name, TableSimilarity.Over(infos, content.HeldOut, rows));
        }

        _ = page.Append("</tbody></table><p>Held against real rows that were not learned from; the first line is what real rows that were learned from reach. 1 is alike in all. Utility: a model learns from the rows and is judged on the held-out real ones.</p>");
    }

    private static void AddSummaryRow(
        StringBuilder page, TableReportContent content, List<(string Target, string Measure)> targets, string name, TableFigures figures)
    {
        _ = page.Put($"<tr{(name == "synthetic" ? " class=\"own\"" : "")}><th>{Encode(name)}</th><td>{figures.ColumnSimilarity:F3}</td><td>{figures.PairSimilarity:F3}</td>");
        foreach (var (target, measure) in targets)
        {
            var figure = content.Utility.FirstOrDefault(f => f.Source == name && f.Target == target && f.Measure == measure);
            _ = page.Put($"<td>{(figure is null ? "" : $"{figure.Score:F3}")}</td>");
        }

        _ = page.Append("</tr>");
    }

    private static void AddFit(StringBuilder page, TableFit? fit)
    {
        if (fit is null || fit.Losses.Count < 2)
        {
            return;
        }

        _ = page.Put($"<h2>Training</h2><p>{fit.Iterations} iterations in {fit.Elapsed:hh\\:mm\\:ss} ({fit.End}); the weights of iteration {fit.BestIteration} were kept.</p><div class=\"cards\">");
        _ = page.Put($"<figure><figcaption>Losses</figcaption>{Drawing.Lines([.. fit.Losses.Select(l => (double)l.Iteration)], [.. fit.Losses.Select(l => l.Generator)], [.. fit.Losses.Select(l => l.Discriminator)])}<p class=\"note\">blue: generator, orange: discriminator</p></figure>");
        if (fit.Figures.Count > 1)
        {
            _ = page.Put($"<figure><figcaption>Figures during training</figcaption>{Drawing.Lines([.. fit.Figures.Select(f => (double)f.Iteration)], [.. fit.Figures.Select(f => f.ColumnSimilarity)], [.. fit.Figures.Select(f => f.PairSimilarity)])}<p class=\"note\">blue: columns, orange: pairs</p></figure>");
        }

        _ = page.Append("</div>");
    }

    private static void AddColumns(StringBuilder page, List<ColumnView> views, TableFigures figures)
    {
        _ = page.Append("<h2>Columns</h2><div class=\"cards\">");
        foreach (var (view, figure) in views.Zip(figures.Columns))
        {
            _ = page.Put($"<figure><figcaption>{Encode(view.Name)} <b>{figure.Similarity:F3}</b></figcaption>{(view.IsNumeric ? Drawing.Histogram(view) : Drawing.Bars(view))}</figure>");
        }

        _ = page.Append("</div>");
    }

    private static void AddPairs(StringBuilder page, List<ColumnView> views, TableFigures figures)
    {
        if (figures.Pairs.Count == 0)
        {
            return;
        }

        _ = page.Append("<h2>Pairs</h2><p>How strongly two columns go together (Cramer's V: 0 not at all, 1 the one says the other), and how alike the pairs are.</p><div class=\"cards wide\">");
        _ = page.Put($"<figure><figcaption>real</figcaption>{Drawing.Matrix(views, figures.Pairs, pair => pair.RealAssociation, "real")}</figure>");
        _ = page.Put($"<figure><figcaption>synthetic</figcaption>{Drawing.Matrix(views, figures.Pairs, pair => pair.SyntheticAssociation, "synthetic")}</figure>");
        _ = page.Put($"<figure><figcaption>alike</figcaption>{Drawing.Matrix(views, figures.Pairs, pair => pair.Similarity, "alike")}</figure></div>");
        _ = page.Append("<h3>The pairs that are least alike</h3><p>Shares of rows in the classes of both columns: real at the left, synthetic at the right. Numbers are in fifths of the real ones.</p><div class=\"cards\">");
        foreach (var pair in figures.Pairs.OrderBy(pair => pair.Similarity).Take(MostPairs))
        {
            var (first, second) = (views.Single(view => view.Name == pair.First), views.Single(view => view.Name == pair.Second));
            _ = page.Put($"<figure><figcaption>{Encode(pair.First)} &times; {Encode(pair.Second)} <b>{pair.Similarity:F3}</b></figcaption>{Drawing.Joint(first, second)}</figure>");
        }

        _ = page.Append("</div>");
    }

    private static void AddPrivacy(StringBuilder page, TableReportContent content)
    {
        var privacy = TablePrivacy.Compare(content.Learned, content.HeldOut, content.Synthetic, content.Columns);
        _ = page.Append("<h2>Privacy</h2><table><thead><tr><th></th><th>synthetic</th><th>real, held out</th></tr></thead><tbody>");
        _ = page.Put($"<tr><th>copies of learned rows, of {privacy.Rows}</th><td>{privacy.Copies}</td><td>{privacy.HeldOutCopies}</td></tr>");
        _ = page.Put($"<tr><th>median distance to the nearest learned row</th><td>{privacy.Distance:F4}</td><td>{privacy.HeldOutDistance:F4}</td></tr>");
        _ = page.Put($"<tr><th>nearer than 5 % of the held-out rows are</th><td>{Text.Share(privacy.TooNear)}</td><td>5 %</td></tr></tbody></table>");
        _ = page.Append("<p>Rows that were copied would be nearer to the learned ones than real rows are that nobody learned from. <b>This promises nothing more:</b> a synthetic table shows shares, limits and dependences of the real one, rare categories among them, and who knows enough about a person may learn more about them from it. It is not differentially private. Look at it as you would at statistics of the same rows before you hand it on.</p>");
    }

    private static void AddRemarks(StringBuilder page, IReadOnlyList<TableColumnInfo> columns)
    {
        var remarks = columns.Select(column => column.Remark).OfType<string>().ToList();
        if (remarks.Count > 0)
        {
            _ = page.Put($"<h2>Remarks</h2><ul>{string.Concat(remarks.Select(remark => $"<li>{Encode(remark)}</li>"))}</ul>");
        }
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
