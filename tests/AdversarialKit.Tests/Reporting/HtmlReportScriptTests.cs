using System.Text.RegularExpressions;

namespace AdversarialKit.Tests.Reporting;

public sealed class HtmlReportScriptTests : PictureGanTests
{
    /// <summary>In Chromium where there is one; in any case by what can be seen in the text.</summary>
    [Fact]
    public void Script_InABrowser_DrawsEveryChartWithoutAWordOnTheConsole()
    {
        var path = Folder.File("report.html");
        var page = HtmlReportTests.Run(Gan, path, new HtmlReportOptions());

        AssertScriptIsWhole(page);
        if (HeadlessBrowser.Path is { } browser)
        {
            var (document, console) = HeadlessBrowser.Open(browser, path, Folder.File("profile"));

            console.Should().BeEmpty();
            document.Should().Contain("data-ready=\"true\"");
            Regex.Matches(document, "<section class=\"chart\">").Should().HaveCount(6);
            Regex.Matches(document, "class=\"curve\" d=\"M").Should().HaveCount(10);
            document.Should().Contain("type=\"range\"");
            Regex.Matches(document, " (?:d|x|y|cx|cy)=\"[^\"]*(?:NaN|Infinity)").Should().BeEmpty();
        }
    }

    private static void AssertScriptIsWhole(string page)
    {
        var script = page[page.LastIndexOf("<script>", StringComparison.Ordinal)..];
        var code = Regex.Replace(script, """//.*|/\*.*?\*/|"[^"\n]*"|/\([^/\n]*/""", "");
        foreach (var (opening, closing) in new[] { ('{', '}'), ('(', ')'), ('[', ']') })
        {
            code.Count(c => c == opening).Should().Be(code.Count(c => c == closing), "'{0}' must be closed", opening);
        }

        foreach (Match id in Regex.Matches(script, "getElementById\\(\"(\\w+)\"\\)"))
        {
            page.Should().Contain($"id=\"{id.Groups[1].Value}\"");
        }
    }
}
