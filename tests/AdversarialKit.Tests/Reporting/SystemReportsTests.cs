using System.Text.Json;
using System.Text.RegularExpressions;
using AdversarialKit.Tests.Systems;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Reporting;

/// <summary>The observers of a GAN follow any system: each step's numbers by name, and pictures where the system knows how to make them.</summary>
public sealed class SystemReportsTests : IDisposable
{
    private const int Iterations = 60;
    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_CycleWithAReport_ShowsEveryStepsNumbersAndPicturesInABrowser()
    {
        using var pair = new CyclePair();
        using var report = new HtmlReport(_folder.File("report.html"), new HtmlReportOptions { Samples = 4 });
        SystemProcess.Train(pair, new CycleBatches(), Iterations, report);

        var page = File.ReadAllText(report.Path);

        Charts(page).Should().Equal(
            "Losses: generators, on-a, on-b",
            "Terms of the step generators: adversarial, cycle, size",
            "Terms of the step on-a: real, fake, r1",
            "Terms of the step on-b: real, fake, r1",
            "Gradient norms: generators, on-a, on-b",
            "Learning rates: generators, on-a, on-b",
            "Throughput: Iterations a second");
        page.Should().Contain("<dt>Loss of on-b</dt>").And.Contain("data:image/png").And.Contain("trains to-b, to-a; sees on-a, on-b");
        if (HeadlessBrowser.Path is { } browser)
        {
            var (document, console) = HeadlessBrowser.Open(browser, report.Path, _folder.File("profile"));

            console.Should().BeEmpty();
            document.Should().Contain("data-ready=\"true\"");
            Regex.Matches(document, "<section class=\"chart\">").Should().HaveCount(7);
            Regex.Matches(document, " (?:d|x|y|cx|cy)=\"[^\"]*(?:NaN|Infinity)").Should().BeEmpty();
        }
    }

    [Fact]
    public void Fit_ResumedWithAReport_GoesOnWithItsCurves()
    {
        using (var first = new CyclePair())
        {
            using var report = new HtmlReport(_folder.File("report.html"));
            var batches = new CycleBatches();
            SystemProcess.Train(first, batches, 20, report);
            first.System.SaveCheckpoint(_folder.File("checkpoints"), batches: batches);
        }

        using var second = new CyclePair(seed: 8, systemSeed: 1);
        var rest = new CycleBatches();
        second.System.LoadCheckpoint(_folder.File("checkpoints"), batches: rest);
        using var resumed = new HtmlReport(_folder.File("report.html"));
        SystemProcess.Train(second, rest, 30, resumed);

        var curves = Data(File.ReadAllText(resumed.Path)).GetProperty("charts").EnumerateArray()
            .SelectMany(chart => chart.GetProperty("curves").EnumerateArray())
            .Select(curve => $"{curve.GetProperty("name").GetString()}: {curve.GetProperty("x").GetArrayLength()}").ToList();
        curves.Should().Contain(["generators: 30", "cycle: 30", "size: 10", "r1: 15"]);
    }

    [Fact]
    public void Fit_WithAllObservers_LeavesNoTrace()
    {
        using var plain = new CyclePair();
        SystemProcess.Train(plain, new CycleBatches(), 12);
        var expected = plain.Digest();
        using var watched = new CyclePair();
        using var report = new HtmlReport(_folder.File("report.html"), new HtmlReportOptions { SheetInterval = 2 });
        using var board = new TensorBoardLog(_folder.File("board"), new TensorBoardLogOptions { SheetInterval = 3, Interval = 1 });
        using var log = new JsonLinesLog(_folder.File("log.jsonl"));

        SystemProcess.Train(watched, new CycleBatches(), 12, report, board, log);

        watched.Digest().Should().Be(expected);
    }

    [Fact]
    public void Fit_WithTensorBoard_WritesEveryStepsNumbersUnderItsName()
    {
        using var pair = new CyclePair();
        var numbers = new NumbersLog();
        using (var board = new TensorBoardLog(_folder.File("board"), new TensorBoardLogOptions { Interval = 1 }))
        {
            SystemProcess.Train(pair, new CycleBatches(), 4, board, numbers);
        }

        var events = EventFileReader.Read(Directory.GetFiles(_folder.File("board")).Single());
        var tags = events.SelectMany(e => e.Values).Where(value => value.Scalar is not null).GroupBy(value => value.Tag).ToDictionary(tag => tag.Key, tag => tag.Count());
        tags.Should().BeEquivalentTo(new Dictionary<string, int>
        {
            ["loss/generators"] = 4,
            ["generators/adversarial"] = 4,
            ["generators/cycle"] = 4,
            ["generators/size"] = 2,
            ["gradient_norm/generators"] = 4,
            ["learning_rate/generators"] = 4,
            ["loss/on-a"] = 4,
            ["on-a/real"] = 4,
            ["on-a/fake"] = 4,
            ["on-a/r1"] = 2,
            ["gradient_norm/on-a"] = 4,
            ["learning_rate/on-a"] = 4,
            ["loss/on-b"] = 4,
            ["on-b/real"] = 4,
            ["on-b/fake"] = 4,
            ["on-b/r1"] = 2,
            ["gradient_norm/on-b"] = 4,
            ["learning_rate/on-b"] = 4,
            ["throughput/iterations_per_second"] = tags["throughput/iterations_per_second"],
        });
        events.SelectMany(e => e.Values).Should().Contain(value => value.Tag == "samples" && value.Image != null);
        numbers.Lines[0].Should().StartWith("1 adversarial=");
    }

    [Fact]
    public void Fit_WithJsonLines_WritesEveryStepsNumbers()
    {
        using var pair = new CyclePair();
        IterationResult? last = null;
        using (var log = new JsonLinesLog(_folder.File("log.jsonl")))
        {
            SystemProcess.Train(pair, new CycleBatches(), 2, log, new Last(result => last = result));
        }

        var lines = File.ReadAllLines(_folder.File("log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        lines.Select(line => line.GetProperty("event").GetString()).Should().Equal("start", "progress", "progress", "end");
        var steps = lines[2].GetProperty("steps");
        steps.EnumerateObject().Select(step => step.Name).Should().Equal("generators", "on-a", "on-b");
        var generators = steps.GetProperty("generators");
        generators.GetProperty("loss").GetDouble().Should().Be(last!["generators"].Loss);
        generators.GetProperty("learningRate").GetDouble().Should().BeApproximately(0.0099, 1e-12);
        generators.GetProperty("numbers").EnumerateObject().Select(number => number.Name).Should().Equal("adversarial", "cycle");
        lines[1].GetProperty("steps").GetProperty("generators").GetProperty("numbers").GetProperty("size").GetDouble().Should().BePositive();
        lines[1].TryGetProperty("discriminatorLoss", out _).Should().BeFalse();
    }

    [Fact]
    public void Fit_SystemThatCannotSample_ShowsNoPicturesAndNoFault()
    {
        using var network = nn.Linear(2, 2);
        using var system = new AdversarialSystemBuilder().WithNetwork("one", network).WithTensor("x", 2)
            .WithStep("fit", step => step.Trains(network).WithOptimizer(Optimizers.Adam(1e-2)).Minimizes(c => c.Add("size", c.Forward(network, c["x"]).square().mean())))
            .Build();
        using var report = new HtmlReport(_folder.File("report.html"));

        system.Fit([Batch.Of(("x", ones(3, 2)))], new FitOptions { Iterations = 1, Callbacks = [report] });

        File.ReadAllText(report.Path).Should().NotContain("id=\"samples\"").And.NotContain("cannot be shown");
        system.CanSample.Should().BeFalse();
    }

    private static JsonElement Data(string page) => JsonDocument.Parse(Regex.Match(page, "id=\"data\"[^>]*>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value).RootElement;

    private static IEnumerable<string> Charts(string page) => Data(page).GetProperty("charts").EnumerateArray().Select(chart =>
        $"{chart.GetProperty("title").GetString()}: {string.Join(", ", chart.GetProperty("curves").EnumerateArray().Select(curve => curve.GetProperty("name").GetString()))}");

    private sealed class Last(Action<IterationResult> take) : ISystemCallback
    {
        public void OnProgress(AdversarialSystem system, TrainingProgress progress) => take(progress.Result!);
    }
}
