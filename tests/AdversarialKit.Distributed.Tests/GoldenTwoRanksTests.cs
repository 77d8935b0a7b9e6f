using TorchSharp;
using Xunit.Abstractions;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Recorded runs of two ranks, under each launcher, with ranks that are threads, and as one process with the whole batch.</summary>
public sealed class GoldenTwoRanksTests(ITestOutputHelper output)
{
    private const string WithoutStatistics = "sys_18a_two_ranks_r1.json";
    private const string WithStatistics = "sys_18b_two_ranks_sync_bn.json";

    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void TrainStep_OnTwoProcesses_GivesTheRecordedNumbers(string launcher)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var result = Launcher.Run(launcher, 2, "golden", WithoutStatistics, WithStatistics);

        result.ExitCode.Should().Be(0, result.All);
        result.Told("done").Should().Equal("of 2", "of 2");
    }

    [Theory]
    [InlineData(WithoutStatistics, torch.ScalarType.Float64, 2)]
    [InlineData(WithStatistics, torch.ScalarType.Float64, 2)]
    [InlineData(WithoutStatistics, torch.ScalarType.Float32, 4)]
    [InlineData(WithStatistics, torch.ScalarType.Float32, 4)]
    [InlineData(WithStatistics, torch.ScalarType.Float64, 1)]
    public void TrainStep_OnThreads_GivesTheRecordedNumbers(string file, torch.ScalarType type, int ranks)
    {
        var act = () => ThreadRanks.Run(ranks, collective =>
        {
            TwoRanksReplay.Compare(file, type, collective);
            return true;
        });

        act.Should().NotThrow();
    }

    [Theory]
    [InlineData(Launcher.OpenMpi, 2)]
    [InlineData(Launcher.Mpich, 3)]
    public void Messages_AmongProcesses_ComeAsTheyWereSent(string launcher, int ranks)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var result = Launcher.Run(launcher, ranks, "messages");

        result.ExitCode.Should().Be(0, result.All);
        result.Told("done").Should().HaveCount(ranks);
    }
}
