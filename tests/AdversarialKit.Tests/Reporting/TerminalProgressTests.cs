namespace AdversarialKit.Tests;

public sealed class TerminalProgressTests : IDisposable
{
    private static readonly QualityReport _quality = new(10, 67.891, 6.5, 0.1, 0.658, 0.128, 0.5, 0.299, 5, 0.1, 0.9, 10, 0.07, []);

    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void OnProgress_NoTerminal_WritesALineAtEveryIntervalAndTheLastIteration()
    {
        var display = new TerminalProgress(_output, isTerminal: false, interval: 2);

        for (var i = 1; i <= 5; i++)
        {
            display.OnProgress(null!, Progress(i, 5));
        }

        _output.ToString().Should().Be(string.Join(
            Environment.NewLine,
            "2 [D loss: 0.500000, acc.: 62.50%] [G loss: 1.250000] 2.0 it/s, 1.5 s left",
            "4 [D loss: 0.500000, acc.: 62.50%] [G loss: 1.250000] 2.0 it/s, 0.5 s left",
            "5 [D loss: 0.500000, acc.: 62.50%] [G loss: 1.250000] 2.0 it/s, 0.0 s left",
            ""));
    }

    [Fact]
    public void OnProgress_Terminal_WritesOneLineOverAndClearsItAtTheEnd()
    {
        var display = new TerminalProgress(_output, isTerminal: true);

        display.OnProgress(null!, Progress(5, 10));
        display.OnEnd(null!, new FitResult());

        const string Line = "━━━━━━────── 5/10 2 it/s 2.5 s left D 0.500 acc 62% G 1.250";
        _output.ToString().Should().Be($"\r{Line}\r{new string(' ', Line.Length)}\r");
    }

    [Fact]
    public void OnProgress_BetweenLines_TakesNoMemory()
    {
        var display = new TerminalProgress(TextWriter.Null, isTerminal: false, interval: 1_000_000);
        var progress = Progress(1, long.MaxValue);
        display.OnProgress(null!, progress);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 2; i < 1000; i++)
        {
            display.OnProgress(null!, progress);
        }

        GC.GetAllocatedBytesForCurrentThread().Should().Be(before);
    }

    [Fact]
    public void OnEvaluation_Anywhere_LeavesALine()
    {
        new TerminalProgress(_output, isTerminal: false).OnEvaluation(null!, new EvaluationResult(1000, _quality, IsBest: true));

        _output.ToString().Should().Be(
            $"1000 [Frechet 67.89, precision 0.658, recall 0.128, coverage 0.299, 10 classes], the best so far{Environment.NewLine}");
    }

    [Fact]
    public void Report_OnATerminal_ShowsHowFarItIs()
    {
        new TerminalProgress(_output, isTerminal: true).Report(0.45);
        new TerminalProgress(_output, isTerminal: false).Report(0.55);

        _output.ToString().Should().Be("\r──────────── 0/0 judging samples: 45 %");
    }

    [Theory]
    [InlineData(4.21, "4.2 s")]
    [InlineData(59.97, "0:59 min")]
    [InlineData(187, "3:07 min")]
    [InlineData(3727, "1:02:07 h")]
    [InlineData(100_000, "27:46:40 h")]
    public void ReadableTime_Of_ReadsWell(double seconds, string text)
    {
        ReadableTime.Of(TimeSpan.FromSeconds(seconds)).Should().Be(text);
    }

    private static TrainingProgress Progress(long iteration, long total) => new()
    {
        Iteration = iteration,
        TotalIterations = total,
        IterationsPerSecond = 2,
        Remaining = TimeSpan.FromSeconds((total - iteration) / 2.0 % 1000),
        Step = new StepResult(
            iteration,
            new DiscriminatorResult { Loss = 0.5, RealAccuracy = 0.625, FakeAccuracy = 0.625 },
            new GeneratorResult { Loss = 1.25 }),
    };
}
