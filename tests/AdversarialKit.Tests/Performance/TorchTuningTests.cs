using Microsoft.Extensions.Logging;
using TorchSharp;

namespace AdversarialKit.Tests.Performance;

public sealed class TorchTuningTests
{
    private static readonly TorchTuningOptions _nothing = new() { Waiting = false, Allocator = false, Float32Products = false, Threads = false };

    [Fact]
    public void Apply_Everything_SaysInASentenceWhatBecameOfEachSetting()
    {
        using var tuning = TorchTuning.Apply();

        tuning.Outcomes.Select(outcome => outcome.Setting).Should().Equal(
            TuningSetting.Waiting, TuningSetting.Allocator, TuningSetting.Float32Products, TuningSetting.Threads);
        tuning.Outcomes.Should().OnlyContain(outcome => outcome.Explanation.EndsWith('.'));
        tuning.ToString().Split('\n').Should().Equal(tuning.Outcomes.Select(outcome => outcome.Explanation));
    }

    [Fact]
    public void Apply_NothingAllowed_DoesNothing()
    {
        using var tuning = TorchTuning.Apply(_nothing);

        tuning.Outcomes.Should().BeEmpty();
        tuning.ToString().Should().BeEmpty();
    }

    [Fact]
    public void Apply_OneThread_StaysAtOne()
    {
        using var tuning = TorchTuning.Apply(_nothing with { Threads = true });

        tuning.Outcomes.Should().Equal(new TuningOutcome(TuningSetting.Threads, false, "The number of threads stays 1."));
        torch.get_num_threads().Should().Be(1);
    }

    [Fact]
    public void Apply_ThreadsGivenByTheEnvironment_StayAsTheyAre()
    {
        Environment.SetEnvironmentVariable("OMP_NUM_THREADS", "7");
        try
        {
            using var tuning = TorchTuning.Apply(_nothing with { Threads = true });

            tuning.ToString().Should().Be("The number of threads stays as the environment variable OMP_NUM_THREADS sets it.");
        }
        finally
        {
            Environment.SetEnvironmentVariable("OMP_NUM_THREADS", null);
        }
    }

    [Fact]
    public void Apply_ThresholdsGivenByTheEnvironment_StayAsTheyAre()
    {
        Environment.SetEnvironmentVariable("MALLOC_TRIM_THRESHOLD_", "1000000");
        try
        {
            using var tuning = TorchTuning.Apply(_nothing with { Allocator = true });

            tuning.ToString().Should().Be("The allocator stays as the environment variable MALLOC_TRIM_THRESHOLD_ sets it.");
        }
        finally
        {
            Environment.SetEnvironmentVariable("MALLOC_TRIM_THRESHOLD_", null);
        }
    }

    [Fact]
    public void Apply_WithALogger_LogsEveryOutcome()
    {
        using var log = new ListLogger();

        using var tuning = TorchTuning.Apply(_nothing with { Threads = true }, log);

        log.Lines.Should().Equal("Information 101: Threads (changed: False): The number of threads stays 1.");
    }

    [Fact]
    public void Apply_LeavesTorchsOwnRandomnessAlone()
    {
        using var before = torch.random.get_rng_state();

        TorchTuning.Apply().Dispose();

        using var after = torch.random.get_rng_state();
        after.Equals(before).Should().BeTrue();
    }

    [Fact]
    public void Dispose_PutsProductsAndThreadsBack()
    {
        var precision = OneDnnSwitch.Find()?.Precision;
        var tuning = TorchTuning.Apply();

        tuning.Dispose();
        tuning.Dispose();

        OneDnnSwitch.Find()?.Precision.Should().Be(precision);
        torch.get_num_threads().Should().Be(1);
    }

    private sealed class ListLogger : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {eventId.Id}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
