using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace AdversarialKit.Tests.Reporting;

public sealed partial class HtmlReportTests : PictureGanTests
{
    [Fact]
    public void OnEnd_AfterARun_WritesAWellFormedPageThatNamesNoOtherFile()
    {
        var page = Run(new HtmlReportOptions());

        Parse(page).Root!.Name.LocalName.Should().Be("html");
        Reference().Matches(page).Select(m => m.Value).Distinct().Should().Equal("http://www.w3.org/2000/svg");
        Regex.Matches(page, "(?:src|href)=\"([^\"]*)\"").Select(m => m.Groups[1].Value).Should().OnlyContain(link => link.StartsWith("data:", StringComparison.Ordinal));
        page.Should().NotContainAny("@import", "url(", "import(", "fetch(");
    }

    [Fact]
    public void OnEnd_AfterARun_ShowsWhatWasMeasured()
    {
        var page = Run(new HtmlReportOptions { Title = "Digits" });
        var text = Parse(page).Root!.Value;

        text.Should().ContainAll(
            "Digits", "completed", "20 iterations in 2.5\u00a0s", "Discriminator loss0.5", "Generator loss1", "Discriminator accuracy62.5 %", "Real samples seen320",
            "Discriminator saturated", "Accuracy 0.99 for 200 iterations.", "seed 7", "Torch threads1", "TorchSharp0.107.0");
        Charts(page).Should().Equal(
            "Losses", "Accuracy of the discriminator", "Terms of the discriminator's loss", "Learning rates", "Throughput", "FID");
        var losses = Data(page).GetProperty("charts")[0].GetProperty("curves");
        losses[0].GetProperty("mean").EnumerateArray().Select(v => v.GetDouble()).Should().HaveCount(20).And.OnlyContain(v => v == 0.5);
        losses[1].GetProperty("mean")[19].GetDouble().Should().Be(1);
    }

    [Fact]
    public void Render_HostileNames_ShowsThemAsText()
    {
        const string Hostile = "</script><script>alert('&{{data}}')</script>\"<!-- ]]> \u0001";
        using var report = new HtmlReport(Folder.File("report.html"), new HtmlReportOptions { Title = Hostile });
        report.OnStart(Gan, new FitOptions());
        report.Add(Hostile, 1, 2);
        report.OnProgress(Gan, MadeUpRun.Progress(1) with { Diagnoses = [MadeUpRun.Finding(Hostile)] });
        report.OnEnd(Gan, MadeUpRun.Result(1) with { Message = Hostile, Checkpoint = Hostile });

        var page = File.ReadAllText(report.Path);

        Parse(page).Descendants().Count(e => e.Name.LocalName == "script").Should().Be(2);
        Regex.Matches(page, "<script").Should().HaveCount(2);
        Parse(page).Descendants("h1").Single().Value.Should().Be(Hostile.Replace("\u0001", "", StringComparison.Ordinal));
        Charts(page).Should().EndWith(Hostile);
    }

    [Fact]
    public void OnProgress_AHundredThousandPoints_KeepsThePageSmallAndTheSpikeInIt()
    {
        using var report = new HtmlReport(Folder.File("report.html"), new HtmlReportOptions { Samples = 0, RenderEvery = Timeout.InfiniteTimeSpan });
        report.OnStart(Gan, new FitOptions());
        for (var i = 1; i <= 100_000; i++)
        {
            report.OnProgress(Gan, MadeUpRun.Progress(i, i == 77_777 ? 123_456 : 0.5 + (i % 97 * 0.00123), 100_000));
        }

        report.Write();

        var page = File.ReadAllText(report.Path);
        page.Length.Should().BeLessThan(600_000);
        var curve = Data(page).GetProperty("charts")[0].GetProperty("curves")[0];
        curve.GetProperty("x").GetArrayLength().Should().BeLessThanOrEqualTo(1_000);
        curve.GetProperty("high").EnumerateArray().Max(v => v.GetDouble()).Should().Be(123_456);
    }

    [Fact]
    public void OnProgress_ALongRun_KeepsAtMost24EvenlySpacedSheetsAndTheLast()
    {
        using var report = new HtmlReport(Folder.File("report.html"), new HtmlReportOptions { SheetInterval = 1, Samples = 4 });
        using var real = PictureGan.RealImages();
        report.OnStart(Gan, new FitOptions());
        for (var i = 1; i <= 200; i++)
        {
            Gan.TrainStep(real);
            report.OnProgress(Gan, MadeUpRun.Progress(i, total: 0));
        }

        report.OnEnd(Gan, MadeUpRun.Result(200));

        var shown = Parse(File.ReadAllText(report.Path)).Descendants("figcaption").Select(f => int.Parse(f.Value, CultureInfo.InvariantCulture)).ToArray();
        shown.Should().HaveCountLessThanOrEqualTo(24).And.HaveCountGreaterThan(10).And.StartWith(0).And.EndWith(200);
        shown.SkipLast(1).Zip(shown.Skip(1).SkipLast(1), (a, b) => b - a).Distinct().Should().HaveCount(1);
    }

    [Fact]
    public void OnStart_BeforeAnyProgress_SaysThatItRuns()
    {
        using var report = new HtmlReport(Folder.File("report.html"));

        report.OnStart(Gan, new FitOptions());

        Parse(File.ReadAllText(report.Path)).Descendants("p").First().Value.Should().Be("running Not an iteration yet");
        Directory.GetFiles(Folder.Path).Should().BeEquivalentTo(report.Path, Folder.File(".report.html.lock"));
    }

    internal static string Run(Gan gan, string path, HtmlReportOptions options)
    {
        using var report = new HtmlReport(path, options);
        report.OnStart(gan, new FitOptions());
        using var real = PictureGan.RealImages();
        for (var i = 1; i <= 20; i++)
        {
            gan.TrainStep(real);
            report.OnProgress(gan, MadeUpRun.Progress(i, total: 20) with { Diagnoses = i < 7 ? [] : [MadeUpRun.Finding()] });
        }

        report.Add("FID", 20, 12.5);
        report.OnEnd(gan, MadeUpRun.Result(20));
        return File.ReadAllText(path);
    }

    private string Run(HtmlReportOptions options) => Run(Gan, Folder.File("report.html"), options);

    private static XDocument Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static JsonElement Data(string page)
    {
        var data = Parse(page).Descendants("script").Single(e => (string?)e.Attribute("id") == "data").Value;
        using var document = JsonDocument.Parse(data);
        return document.RootElement.Clone();
    }

    private static IEnumerable<string> Charts(string page) =>
        Data(page).GetProperty("charts").EnumerateArray().Select(c => c.GetProperty("title").GetString()!);

    [GeneratedRegex("""https?://[^"'\s)]*""")]
    private static partial Regex Reference();
}
