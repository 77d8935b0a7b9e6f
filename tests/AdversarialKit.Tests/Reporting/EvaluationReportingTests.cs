using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace AdversarialKit.Tests.Reporting;

/// <summary>Where the figures of evaluations go.</summary>
public sealed class EvaluationReportingTests : PictureGanTests
{
    [Fact]
    public void HtmlReport_Evaluations_HaveCurvesAndATableWithTheBestMarked()
    {
        var page = Page(Evaluation(1000, 40), Evaluation(2000, 20), Evaluation(3000, 30, best: false));

        var charts = Charts(page);
        charts.Select(chart => chart.GetProperty("title").GetString()).Should().Equal("Fréchet distance", "Precision, recall, density, coverage", "Kernel distance");
        charts[0].GetProperty("curves")[0].GetProperty("mean").EnumerateArray().Select(v => v.GetDouble()).Should().Equal(40, 20, 30);
        charts[0].GetProperty("curves")[0].GetProperty("x").EnumerateArray().Select(v => v.GetInt64()).Should().Equal(1000, 2000, 3000);
        charts[1].GetProperty("curves").EnumerateArray().Select(c => c.GetProperty("name").GetString()).Should().Equal("Precision", "Recall", "Density", "Coverage");
        var rows = Rows(page);
        rows.Select(row => row[0]).Should().Equal("Iteration", "1,000", "2,000", "3,000");
        rows[0].Should().NotContain("Score", "no class probabilities were given");
        rows[2].Should().Equal("2,000", "500", "20", "0.5", "0.25", "0.75", "1.5", "0.125", "best");
        rows.Count(row => row[^1] == "best").Should().Be(1);
        page.Should().Contain("<li>Few &lt;samples&gt;.</li>");
    }

    [Fact]
    public void HtmlReport_ManyEvaluations_ShowsTheNewestAndTheBest()
    {
        var rows = Rows(Page([.. Enumerable.Range(1, 200).Select(i => Evaluation(i, i, best: i == 1))]));

        rows.Should().HaveCount(52);
        rows[1][0].Should().Be("1");
        rows[1][^1].Should().Be("best");
        rows[2][0].Should().Be("151");
    }

    [Fact]
    public void HtmlReport_OfAResumedRun_ShowsTheEarlierEvaluationsOnce()
    {
        Gan.System.History.Add(1000, Evaluation(1000, 40).Quality);
        using var report = new HtmlReport(Folder.File("report.html"));
        report.OnStart(Gan, new FitOptions());
        report.OnStart(Gan, new FitOptions());
        report.OnEvaluation(Gan, Evaluation(2000, 20));
        report.Write();

        Rows(File.ReadAllText(report.Path)).Select(row => row[0]).Should().Equal("Iteration", "1,000", "2,000");
    }

    [Fact]
    public void JsonLinesLog_Evaluation_IsALine()
    {
        var path = Folder.File("log.jsonl");
        using (var log = new JsonLinesLog(path))
        {
            log.OnEvaluation(Gan, Evaluation(1000, 40));
        }

        File.ReadAllText(path).Should().Be(
            "{\"event\":\"evaluation\",\"iteration\":1000,\"samples\":500,\"frechet\":40,\"kernel\":0.5,\"precision\":0.25,\"recall\":0.75,"
            + "\"density\":1.5,\"coverage\":0.125,\"score\":null,\"modes\":null,\"classDivergence\":null,\"best\":true}\n");
    }

    [Fact]
    public void TensorBoardLog_Evaluation_IsScalars()
    {
        using (var log = new TensorBoardLog(Folder.Path))
        {
            log.OnEvaluation(Gan, Evaluation(1000, 40));
        }

        var values = EventFileReader.Read(Directory.GetFiles(Folder.Path).Single()).SelectMany(e => e.Values.Select(v => (e.Step, v.Tag, v.Scalar)));
        values.Should().Equal(
            (1000, "quality/frechet", 40f), (1000, "quality/kernel", 0.5f), (1000, "quality/precision", 0.25f), (1000, "quality/recall", 0.75f),
            (1000, "quality/density", 1.5f), (1000, "quality/coverage", 0.125f));
    }

    private static EvaluationResult Evaluation(long iteration, double frechet, bool best = true) => new(
        iteration, new QualityReport(500, frechet, 0.5, double.NaN, 0.25, 0.75, 1.5, 0.125, null, null, null, null, null, ["Few <samples>."]), best);

    private string Page(params EvaluationResult[] evaluations)
    {
        using var report = new HtmlReport(Folder.File("report.html"));
        report.OnStart(Gan, new FitOptions());
        foreach (var evaluation in evaluations)
        {
            report.OnEvaluation(Gan, evaluation);
        }

        report.Write();
        return File.ReadAllText(report.Path);
    }

    private static XDocument Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static List<List<string>> Rows(string page) => [.. Parse(page).Descendants("section").Single(s => (string?)s.Attribute("id") == "evaluations")
        .Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToList())];

    private static List<JsonElement> Charts(string page)
    {
        using var document = JsonDocument.Parse(Parse(page).Descendants("script").Single(e => (string?)e.Attribute("id") == "data").Value);
        return [.. document.RootElement.Clone().GetProperty("charts").EnumerateArray()];
    }
}
