using System.Buffers.Binary;
using System.Text.Json.Nodes;
using AdversarialKit.Benchmarks;

namespace AdversarialKit.Tests;

public sealed class StackedCommandTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Run_TwentyIterationsOfBoth_JudgesRealDigitsAndBoth()
    {
        var report = Run(new StackedOptions { Iterations = 20, BatchSize = 8, Samples = 1000, Stations = 2 });

        report.Real.Modes.Should().BeInRange(400, 1000, "1,000 draws of 1,000 modes hit about 632 of them");
        report.Results.Select(result => result.Title).Should().Equal("RpGAN + R1 + R2", "non-saturating");
        foreach (var result in report.Results)
        {
            result.Stations.Select(station => station.Iterations).Should().Equal(10, 20);
            result.Stations.Should().OnlyContain(station => station.Modes >= 1 && station.Modes < report.Real.Modes);
            result.Stations.Should().OnlyContain(station => station.Divergence > report.Real.Divergence);
            result.Last.Seconds.Should().BeGreaterThan(result.Stations[0].Seconds);
        }
    }

    [Fact]
    public void Run_OneLoss_WritesTableFiguresAndSheet()
    {
        var report = Run(new StackedOptions { Iterations = 2, BatchSize = 8, Samples = 100, Stations = 1, Losses = [StackedLoss.NonSaturating] });

        _world.Output.Should().Contain("| | iterations | modes of 1,000 | class KL | images/s | wall s | processor s |")
            .And.Contain("| real test digits, stacked | - |").And.Contain("| non-saturating | 2 |").And.NotContain("RpGAN");
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(_world.Folder, "stacked", "stacked.json")))!;
        json["results"]![0]!["stations"]![0]!["modes"]!.GetValue<int>().Should().Be(report.Results[0].Last.Modes);
        json["results"]![0]!["loss"]!.GetValue<string>().Should().Be("NonSaturating");
        var png = File.ReadAllBytes(Path.Combine(_world.Folder, "stacked", "stacked-nonsaturating.png"));
        const int SideOfTenTiles = (10 * ((2 * 28) + 2)) - 2;
        const byte TrueColour = 2;
        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)).Should().Be(SideOfTenTiles);
        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)).Should().Be(SideOfTenTiles);
        png[25].Should().Be(TrueColour);
    }

    [Fact]
    public void Run_Stopped_JudgesWhatWasTrainedAndLeavesTheRestOut()
    {
        using var stop = new CancellationTokenSource();
        var options = new StackedOptions { Iterations = 2, BatchSize = 8, Samples = 100, Stations = 1, OutputFolder = _world.Folder, Judge = TinyJudge.Settings };
        using (var data = TinyJudge.BenchmarkData(_world))
        {
            data.OpenJudge(options.Judge, new StatusLine(_world.Around.Output, isTerminal: false), CancellationToken.None).Dispose();
        }

        stop.Cancel();

        var report = new StackedCommand(options, _world.Around.Output, () => TinyJudge.BenchmarkData(_world)).Run(stop.Token);

        report.Results.Should().BeEmpty();
        report.Real.Modes.Should().BePositive();
    }

    private StackedReport Run(StackedOptions options) =>
        new StackedCommand(
            options with { OutputFolder = Path.Combine(_world.Folder, "stacked"), Judge = TinyJudge.Settings },
            _world.Around.Output,
            () => TinyJudge.BenchmarkData(_world)).Run(CancellationToken.None);
}
