using AdversarialKit.Benchmarks;

namespace AdversarialKit.Tests;

public sealed class JudgesCommandTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Run_AShortTraining_PrintsTenPointsAndTheCorrelation()
    {
        using var data = TinyJudge.BenchmarkData(_world);
        using var output = new StringWriter();

        var correlation = new JudgesCommand(output, iterations: 20, samples: 100, TinyJudge.Settings with { Epochs = 1, LeastAccuracy = 0 }).Run(data, CancellationToken.None);

        correlation.Should().BeInRange(-1, 1);
        output.ToString().Split(Environment.NewLine).Count(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsDigit(line[2])).Should().Be(10);
        output.ToString().Should().Contain("Rank correlation of both judges: Frechet distance ");
    }

    [Fact]
    public void Correlation_OfRanks_IsSpearmans()
    {
        Ranks.Correlation([1, 2, 3, 4], [10, 20, 30, 400]).Should().BeApproximately(1, 1e-12);
        Ranks.Correlation([1, 2, 3, 4], [9, 8, 7, 1]).Should().BeApproximately(-1, 1e-12);
        Ranks.Correlation([1, 2, 2, 4], [1, 3, 2, 4]).Should().BeApproximately(0.9487, 1e-4);
        Ranks.Correlation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]).Should().BeApproximately(0.8, 1e-12);
    }
}
