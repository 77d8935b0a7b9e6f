using System.Globalization;
using System.Text.Json;
using AdversarialKit.Tests.Support;

namespace AdversarialKit.Tests.Reporting;

public sealed class JsonLinesLogTests : IDisposable
{
    private readonly ReportFolder _folder = new();
    private readonly TorchSharp.Modules.Sequential _generator = Toy.Generator();
    private readonly TorchSharp.Modules.Sequential _discriminator = Toy.Discriminator();
    private readonly Gan _gan;

    public JsonLinesLogTests() => _gan = Toy.Builder(_generator, _discriminator).Build();

    private string LogPath => _folder.File("sub/log.jsonl");

    public void Dispose()
    {
        _gan.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_StartToEnd_WritesAnObjectALine()
    {
        using (var log = new JsonLinesLog(LogPath))
        {
            log.OnStart(_gan, new FitOptions());
            log.OnProgress(_gan, MadeUpRun.Progress(1) with { Diagnoses = [MadeUpRun.Finding()] });
            log.Add("FID \"x\"", 1, double.NaN);
            log.OnProgress(_gan, MadeUpRun.Progress(2) with { Diagnoses = [MadeUpRun.Finding()] });
            log.OnEnd(_gan, MadeUpRun.Result(2, StopReason.Cancelled) with { Message = "Line\nbreak" });
        }

        var lines = Lines();

        lines.Select(l => l.GetProperty("event").GetString()).Should().Equal("start", "progress", "diagnosis", "figure", "progress", "end");
        lines[0].GetProperty("seed").GetInt64().Should().Be(7);
        lines[1].GetProperty("discriminatorLoss").GetDouble().Should().Be(0.5);
        lines[1].GetProperty("generatorGradientNorm").ValueKind.Should().Be(JsonValueKind.Null);
        lines[2].GetProperty("kind").GetString().Should().Be("DiscriminatorSaturated");
        lines[3].GetProperty("value").ValueKind.Should().Be(JsonValueKind.Null);
        lines[5].GetProperty("reason").GetString().Should().Be("Cancelled");
        lines[5].GetProperty("message").GetString().Should().Be("Line\nbreak");
    }

    [Theory]
    [InlineData("{\"event\":\"progress\",\"itera")]
    [InlineData("\0\0\0\0\0\0")]
    [InlineData("{\"event\":\"progr\n")]
    public void OnStart_AfterACrashInALine_RemovesThatLineAndAppends(string torn)
    {
        WriteOneProgress();
        var whole = File.ReadAllText(LogPath);
        File.AppendAllText(LogPath, torn);

        WriteOneProgress();

        File.ReadAllText(LogPath).Should().StartWith(whole + "{\"event\":\"start\"");
        Lines().Should().HaveCount(4);
    }

    [Fact]
    public void OnStart_CutAtAnyByteOfTheLastLine_LeavesAllLinesBefore()
    {
        WriteOneProgress();
        var whole = File.ReadAllBytes(LogPath);
        var last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (var cut = last + 1; cut < whole.Length; cut += 7)
        {
            File.WriteAllBytes(LogPath, whole[..cut]);

            WriteOneProgress();

            Lines().Should().HaveCount(3);
            File.ReadAllBytes(LogPath)[..last].Should().Equal(whole[..last]);
        }
    }

    [Theory]
    [InlineData("My diary\nDear diary")]
    [InlineData("no line at all")]
    [InlineData("[1]\n[2]\n")]
    public void OnStart_AFileThatIsNoLog_ThrowsAndLeavesIt(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LogPath)!);
        File.WriteAllText(LogPath, content);
        using var log = new JsonLinesLog(LogPath);

        log.Invoking(l => l.OnStart(_gan, new FitOptions())).Should().Throw<IOException>().WithMessage(
            $"'{LogPath}' exists and does not hold a JSON object a line, so the log was not appended to it. Give the log a path of its own.");

        File.ReadAllText(LogPath).Should().Be(content);
    }

    [Fact]
    public void OnProgress_InALanguageWithDecimalCommas_WritesPoints()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            WriteOneProgress();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        File.ReadAllText(LogPath).Should().Contain("\"discriminatorLoss\":0.5,");
    }

    [Fact]
    public void OnProgress_BeforeDispose_IsInTheFileAlready()
    {
        using var log = new JsonLinesLog(LogPath);
        log.OnProgress(_gan, MadeUpRun.Progress(1));

        Lines().Should().ContainSingle();
    }

    private void WriteOneProgress()
    {
        using var log = new JsonLinesLog(LogPath);
        log.OnStart(_gan, new FitOptions());
        log.OnProgress(_gan, MadeUpRun.Progress(1));
    }

    private List<JsonElement> Lines()
    {
        using var stream = new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
