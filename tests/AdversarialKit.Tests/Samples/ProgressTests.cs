using MnistGan;
using Spectre.Console;

namespace AdversarialKit.Tests;

public sealed class ProgressTests : IDisposable
{
    private readonly SampleWorld _world = new();
    private readonly HandClock _clock = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void PlainProgress_WritesALineAtEveryIntervalAndTheLastIteration()
    {
        var display = new PlainProgress(_world.Around.Output, total: 5, interval: 2, _clock);

        for (var i = 1; i <= 5; i++)
        {
            _clock.Advance(0.5);
            display.Report(i, 0.5, 0.625, 1.25);
        }

        _world.Output.Should().Be(string.Join(
            Environment.NewLine,
            "2 [D loss: 0.500000, acc.: 62.50%] [G loss: 1.250000] 2.0 it/s, 1.5 s left",
            "4 [D loss: 0.500000, acc.: 62.50%] [G loss: 1.250000] 2.0 it/s, 0.5 s left",
            "5 [D loss: 0.500000, acc.: 62.50%] [G loss: 1.250000] 2.0 it/s, 0.0 s left",
            ""));
    }

    [Fact]
    public void PlainProgress_Evaluated_WritesALine()
    {
        var quality = new QualityReport(10, 67.891, 6.5, 0.1, 0.658, 0.128, 0.5, 0.299, 5, 0.1, 0.9, 10, 0.07, []);

        new PlainProgress(_world.Around.Output, 5, 2, _clock).Evaluated(new EvaluationResult(1000, quality, IsBest: true));

        _world.Output.Should().Be(
            $"1000 [Frechet 67.89, precision 0.658, recall 0.128, coverage 0.299, 10 classes], the best so far{Environment.NewLine}");
    }

    [Fact]
    public void PlainProgress_BetweenLines_TakesNoMemory()
    {
        var display = new PlainProgress(TextWriter.Null, total: long.MaxValue, interval: 1_000_000, _clock);
        display.Report(1, 0, 0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 2; i < 1000; i++)
        {
            display.Report(i, 0.5, 0.5, 0.5);
        }

        GC.GetAllocatedBytesForCurrentThread().Should().Be(before);
    }

    [Fact]
    public void Pace_AfterAChange_FollowsTheLastSeconds()
    {
        var pace = new Pace(total: 10_000, _clock);

        _clock.Advance(1);
        pace.Update(100);
        pace.Rate.Should().BeApproximately(100, 1e-9);
        pace.Left.TotalSeconds.Should().BeApproximately(99, 1e-6);

        _clock.Advance(30);
        pace.Update(100 + 600);
        pace.Rate.Should().BeApproximately(20, 0.5);
    }

    [Fact]
    public void ShowLive_RunsTheWorkOnTheCallingThreadAndShowsTheNumbers()
    {
        var thread = Environment.CurrentManagedThreadId;
        var settings = new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_world.Around.Output),
        };

        var result = ProgressDisplay.ShowLive(AnsiConsole.Create(settings), 10, display =>
        {
            display.Report(10, 0.635, 0.63, 1.02);
            return Environment.CurrentManagedThreadId;
        });

        result.Should().Be(thread, "torch's number of threads and its modes belong to a thread");
        _world.Output.Should().MatchRegex(@"10/10 \d+ it/s 0\.0 s left D 0\.635 acc 63% G 1\.020");
    }

    [Fact]
    public void ShowLive_Evaluation_ShowsHowFarItIsAndLeavesALine()
    {
        var settings = new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_world.Around.Output),
        };
        var quality = new QualityReport(10, 67.891, 6.5, 0.1, 0.658, 0.128, 0.5, 0.299, 5, 0.1, 0.9, 10, 0.07, []);

        ProgressDisplay.ShowLive(AnsiConsole.Create(settings), 10, display =>
        {
            display.Evaluated(new EvaluationResult(7, quality, IsBest: false));
            display.Evaluating(0.45);
            return 0;
        });

        _world.Output.Should().Contain("7 [Frechet 67.89, precision 0.658,").And.Contain("judging samples: 45 %");
    }

    [Fact]
    public void ShowLive_FailureInTheWork_ComesThrough()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_world.Around.Output) });

        FluentActions.Invoking(() => ProgressDisplay.ShowLive<int>(console, 10, _ => throw new InvalidOperationException("bug")))
            .Should().Throw<InvalidOperationException>().WithMessage("bug");
    }

    [Fact]
    public void Show_OutputRedirected_IsPlain()
    {
        ProgressDisplay.Show(new Options(), _world.Around, display => display).Should().BeOfType<PlainProgress>();
    }

    [Theory]
    [InlineData(4.21, "4.2 s")]
    [InlineData(59.97, "0:59 min")]
    [InlineData(187, "3:07 min")]
    [InlineData(3727, "1:02:07 h")]
    [InlineData(100_000, "27:46:40 h")]
    public void Span_ReadsWell(double seconds, string text)
    {
        Wording.Span(TimeSpan.FromSeconds(seconds)).Should().Be(text);
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(double seconds) => _ticks += (long)(seconds * TimeSpan.TicksPerSecond);
    }
}
