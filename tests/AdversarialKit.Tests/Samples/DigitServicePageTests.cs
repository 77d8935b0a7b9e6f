using System.Text.RegularExpressions;
using AdversarialKit.Tests.Reporting;

namespace AdversarialKit.Tests.Samples;

/// <summary>The page of the service.</summary>
public sealed class DigitServicePageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("adversarialkit-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>In Chromium where there is one; in any case by what can be seen in the text.</summary>
    [LinuxFact]
    public async Task Page_SliderMoved_ShowsAnotherDigit()
    {
        using var service = new DigitServiceProcess(_folder, iterations: 5);
        await service.UntilTrained();
        var (status, page) = await service.Ask("/");

        status.Should().Be(200);
        Regex.Matches(page, "https?://").Should().BeEmpty("everything comes from the service");
        foreach (Match id in Regex.Matches(page, "byId\\(\"([\\w-]+)\"\\)"))
        {
            page.Should().Contain($"id=\"{id.Groups[1].Value}\"");
        }

        if (HeadlessBrowser.Path is { } browser)
        {
            await using var tab = await BrowserTab.Open(browser, service.Client.BaseAddress!, Path.Combine(_folder, "profile"));
            await tab.Until("document.body?.dataset.ready === 'true' && document.getElementById('digit')?.naturalWidth === 168");
            (await tab.Evaluate("document.getElementById('status').textContent")).Should().Be("Generator of iteration 5 of 5.");
            (await tab.Evaluate("String(document.querySelectorAll('#sliders input').length)")).Should().Be("8");

            var before = await tab.Evaluate(Pixels);
            await tab.Evaluate("{ const s = document.querySelector('#sliders input'); s.value = 2.5; s.dispatchEvent(new Event('input')); } ''");
            await tab.Until($"{Pixels} !== '{before}'");

            before = await tab.Evaluate(Pixels);
            await tab.Evaluate("document.querySelectorAll('#labels button')[8].click(); ''");
            await tab.Until($"{Pixels} !== '{before}'");
            (await tab.Evaluate("document.querySelector('#labels [aria-pressed=true]').textContent")).Should().Be("8");
            tab.Complaints.Should().BeEmpty();
        }
    }

    // A sum that two different digits will not share.
    private const string Pixels = """
        (() => { const image = document.getElementById('digit'), canvas = document.createElement('canvas');
        canvas.width = canvas.height = 168; const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);
        return String(context.getImageData(0, 0, 168, 168).data.reduce((sum, value, i) => (sum * 31 + value) % 1000000007, 7)); })()
        """;
}
