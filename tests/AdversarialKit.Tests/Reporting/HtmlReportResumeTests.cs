using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace AdversarialKit.Tests.Reporting;

/// <summary>A run that goes on from a checkpoint goes on with its report, whatever state the file is in.</summary>
public sealed class HtmlReportResumeTests : ReportedRunTests
{
    [Theory]
    [InlineData(true, 123, 100)]
    [InlineData(true, 123, 123)]
    [InlineData(false, 123, 100)]
    [InlineData(false, 57, 57)]
    public void Fit_ResumedRun_ShowsWhatTheUnbrokenOneShows(bool pictures, long stop, long from)
    {
        Run(pictures, "whole", 200, stop: long.MaxValue);
        Run(pictures, "parts", 200, stop);

        Run(pictures, "parts", 200, stop: long.MaxValue, from);

        var (whole, parts) = (Page("whole"), Page("parts"));
        Curves(parts).Should().Equal(Curves(whole));
        Captions(parts).Should().Equal(Captions(whole)).And.HaveCountGreaterThan(15);
        if (pictures)
        {
            Pictures(parts).Should().Equal(Pictures(whole));
        }

        parts.Root!.Value.Should().Contain("completed").And.NotContain("could not be gone on with");
        Findings(parts).Should().Equal(Findings(whole)).And.Equal(40);
    }

    [Fact]
    public void Fit_AgainWithTheSameReport_GoesOn()
    {
        using var gan = new Built(pictures: true);
        using var report = new HtmlReport(Folder.File("report.html"), new HtmlReportOptions { SheetInterval = 10 });
        gan.Fit(20, report);
        gan.Fit(40, report);

        Curves(Page("report"))[0].Should().EndWith($" {string.Join(' ', Enumerable.Range(1, 40))}");
        Captions(Page("report")).Should().Equal(0, 10, 20, 30, 40);
    }

    [Fact]
    public void Fit_SameReportFromAnEarlierCheckpoint_ForgetsWhatCameAfter()
    {
        using var gan = new Built(pictures: true);
        using var report = new HtmlReport(Folder.File("report.html"), new HtmlReportOptions { SheetInterval = 10 });
        gan.Fit(20, report);
        gan.Gan.SaveCheckpoint(Folder.File("c"), batches: gan.Batches);
        gan.Fit(35, report);
        gan.Gan.LoadCheckpoint(Folder.File("c"), batches: gan.Batches);

        gan.Fit(30, report);

        Curves(Page("report"))[0].Should().EndWith($" {string.Join(' ', Enumerable.Range(1, 30))}");
        Captions(Page("report")).Should().Equal(0, 10, 20, 30);
    }

    [Fact]
    public void Fit_FromTheBeginning_BeginsANewReport()
    {
        Run(pictures: true, "report", 30, stop: long.MaxValue);
        Run(pictures: true, "report", 10, stop: long.MaxValue);

        Curves(Page("report"))[0].Should().EndWith($" {string.Join(' ', Enumerable.Range(1, 10))}");
    }

    /// <summary>Each curve but that of the speed as a line: name, values, iterations.</summary>
    private static List<string> Curves(XDocument page)
    {
        using var data = JsonDocument.Parse(page.Descendants("script").Single(e => (string?)e.Attribute("id") == "data").Value);
        return [.. data.RootElement.GetProperty("charts").EnumerateArray()
            .Where(chart => chart.GetProperty("title").GetString() != "Throughput")
            .SelectMany(chart => chart.GetProperty("curves").EnumerateArray(), (chart, curve) => new StringBuilder()
                .Append(chart.GetProperty("title")).Append(' ').Append(curve.GetProperty("name")).Append(' ')
                .AppendJoin(' ', curve.GetProperty("mean").EnumerateArray().Select(value => value.GetRawText())).Append(' ')
                .AppendJoin(' ', curve.GetProperty("x").EnumerateArray().Select(value => value.GetRawText())).ToString())];
    }

    private static IEnumerable<int> Captions(XDocument page) =>
        page.Descendants("figcaption").Select(caption => int.Parse(caption.Value, NumberStyles.Number, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Pictures(XDocument page) => page.Descendants("img").Select(image => image.Attribute("src")!.Value);

    private static IEnumerable<int> Findings(XDocument page) =>
        page.Descendants("li").Attributes("data-iteration").Select(found => int.Parse(found.Value, CultureInfo.InvariantCulture));
}
