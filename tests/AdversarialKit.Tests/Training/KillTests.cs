using AdversarialKit.Tests.Support;

namespace AdversarialKit.Tests.Training;

/// <summary>Whatever moment a run is killed at, the newest checkpoint is whole and the run goes on as if nothing had been.</summary>
public sealed class KillTests : IDisposable
{
    private const int KillsOfEach = 25;
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fit_KilledFiftyTimes_GoesOnAsTheUnbrokenRun()
    {
        var lanes = await Task.WhenAll(KillAgainAndAgain(Sampling.Shuffled, 1), KillAgainAndAgain(Sampling.WithReplacement, 2));

        OneThread.Set();
        foreach (var (sampling, lines) in lanes)
        {
            var reached = lines.Max(IterationOf);
            using var unbroken = new RichGan(sampling, TrainingProcess.Optimizer("fused"));
            var expected = unbroken.TrainTo(reached).ToDictionary(IterationOf);
            lines.Should().AllSatisfy(line => line.Should().Be(expected[IterationOf(line)]));
            lines.Select(IterationOf).Distinct().Should().HaveCount((int)reached);
        }
    }

    private async Task<(Sampling Sampling, List<string> Lines)> KillAgainAndAgain(Sampling sampling, int seed)
    {
        var moments = new Random(seed);
        var root = _folder[$"{sampling}"];
        var lines = new List<string>();
        for (var kill = 0; kill < KillsOfEach; kill++)
        {
            using var process = TrainingProcess.Start(root, long.MaxValue, sampling, "fused", interval: 1);
            var errors = process.StandardError.ReadToEndAsync();
            var first = await process.StandardOutput.ReadLineAsync();
            first.Should().NotBeNull(process.HasExited ? await errors : "the process is still there");
            lines.Add(first!);
            var rest = process.StandardOutput.ReadToEndAsync();
            await Task.Delay(moments.Next(0, 120));
            process.Kill();
            await process.WaitForExitAsync();

            // The last line may have been cut.
            lines.AddRange((await rest).Split('\n')[..^1]);
        }

        return (sampling, lines);
    }

    private static long IterationOf(string line) => long.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), System.Globalization.CultureInfo.InvariantCulture);
}
