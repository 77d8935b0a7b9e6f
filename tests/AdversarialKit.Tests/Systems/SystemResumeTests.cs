using System.Globalization;
using AdversarialKit.Tests.Support;

namespace AdversarialKit.Tests.Systems;

/// <summary>
/// Four networks with past fakes, averages, schedules and lazy terms: stop, save, new process, load, go on, and be killed at any moment:
/// the same bits as never having stopped.
/// </summary>
public sealed class SystemResumeTests : IDisposable
{
    private const int Half = 8;
    private const int Kills = 15;
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fit_SavedAndResumedInANewProcess_IsTheUnbrokenRunBitForBit()
    {
        using var unbroken = new CyclePair();
        var (batches, log) = (new CycleBatches(), new NumbersLog());
        SystemProcess.Train(unbroken, batches, 2 * Half, log);
        var saved = SumsOf(unbroken.System.SaveCheckpoint(_folder["unbroken"], batches: batches)).ToList();

        var first = await Run(Half);
        var second = await Run(2 * Half);

        first.Lines.Concat(second.Lines).Should().Equal(log.Lines);
        SumsOf(_folder["run"]).Should().Equal(saved);
        second.Digest.Should().Be(unbroken.Digest());
        saved.Select(sum => sum.Split(' ')[0]).Should().Contain(["average-to-a", "average-to-b", "on-a", "on-b", "optimizer-generators", "random", "state", "to-a", "to-b"]);
    }

    [Fact]
    public async Task Fit_KilledAtFifteenMoments_GoesOnAsTheUnbrokenRun()
    {
        var moments = new Random(3);
        var lines = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = SystemProcess.Start(_folder["run"], long.MaxValue, interval: 1);
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

        OneThread.Set();
        var reached = lines.Max(IterationOf);
        var log = new NumbersLog();
        using var unbroken = new CyclePair();
        SystemProcess.Train(unbroken, new CycleBatches(), reached, log);
        var expected = log.Lines.ToDictionary(IterationOf);
        lines.Should().AllSatisfy(line => line.Should().Be(expected[IterationOf(line)]));
        lines.Select(IterationOf).Distinct().Should().HaveCount((int)reached);
    }

    private static IEnumerable<string> SumsOf(string path) => Checkpoint.Open(path).Manifest.Files.Select(file => $"{file.Group} {file.Sha256}");

    private static long IterationOf(string line) => long.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    private async Task<(string[] Lines, string Digest)> Run(int iterations)
    {
        using var process = SystemProcess.Start(_folder["run"], iterations, interval: 100);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, await errors);
        var parts = output.Split($"{SystemProcess.End}\n");
        return (parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries), parts[1]);
    }
}
