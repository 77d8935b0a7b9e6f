using System.Globalization;
using Xunit.Abstractions;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Whole runs under the launchers: stopped and resumed, of ranks that differ, throw, or are killed.</summary>
public sealed class LaunchedRunTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ranks").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void Fit_StoppedAndResumed_EndsInTheBitsOfTheUnbrokenRun(string launcher)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var unbroken = Launcher.Run(launcher, 2, "resume", Path.Combine(_folder, "unbroken"), "9");

        var first = Launcher.Run(launcher, 2, "resume", Path.Combine(_folder, "broken"), "5");
        var second = Launcher.Run(launcher, 2, "resume", Path.Combine(_folder, "broken"), "9");

        first.ExitCode.Should().Be(0, first.All);
        second.Told("from").Should().Equal("5", "5");
        second.Told("end").Should().HaveCount(2).And.Equal(unbroken.Told("end"), second.All);
        unbroken.Told("end").Should().OnlyHaveUniqueItems("each rank draws from a sequence of its own");
    }

    [Theory]
    [InlineData(Launcher.OpenMpi, 2, 1)]
    [InlineData(Launcher.OpenMpi, 1, 2)]
    [InlineData(Launcher.Mpich, 2, 1)]
    [InlineData(Launcher.Mpich, 1, 2)]
    [InlineData(Launcher.Mpich, 2, 3)]
    public void LoadCheckpoint_OfAnotherNumberOfRanks_GoesOnFromAllThatItHolds(string launcher, int before, int after)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var (written, again) = (Path.Combine(_folder, "written"), Path.Combine(_folder, "again"));
        var first = Start(launcher, before, "resume", written, "5");
        first.ExitCode.Should().Be(0, first.All);

        var second = Start(launcher, after, "resize", written, again, "8");

        second.ExitCode.Should().Be(0, second.All);
        second.Told("from").Should().Equal(Enumerable.Repeat($"5 5 {5 * 4 * before}", after), second.All);
        second.Told("log").Should().Equal(
            $"The checkpoint is of {before} ranks and this run has {after}: weights, averages, optimizers and counters are those of the checkpoint; the data begin a new epoch, and every rank but the first draws from a new sequence");
        CheckpointPair.ShouldHoldTheSame(written, again);
        second.Told("end").Should().HaveCount(after).And.OnlyHaveUniqueItems().And.OnlyContain(told => told.StartsWith("Completed 8 ", StringComparison.Ordinal));
    }

    // What a launcher of one process does, and what a program without a launcher does, is the same.
    private static LaunchResult Start(string launcher, int ranks, params string[] arguments) =>
        ranks == 1 ? Launcher.RunAlone([], arguments) : Launcher.Run(launcher, ranks, arguments);

    [Theory]
    [InlineData("seed", "Rank 0 has the seed 3 and rank 1 4. Give WithSeed the same number on every rank: each draws from a sequence of its own that follows from it.")]
    [InlineData("network", "The ranks were built differently: 'generator' is 'Sequential of 110 parameters, normal [4] -> [6]' on rank 0 and 'Sequential of 123 parameters, normal [4] -> [6]' on rank 1. Start every rank with the same program and the same arguments.")]
    [InlineData("rate", "The ranks were built differently: 'optimizers' is 'discriminator Adam(lr 0.001, beta1 0.9, beta2 0.999, eps 1e-08), generator Adam(lr 0.001, beta1 0.9, beta2 0.999, eps 1e-08)' on rank 0 and 'discriminator Adam(lr 0.002, beta1 0.9, beta2 0.999, eps 1e-08), generator Adam(lr 0.002, beta1 0.9, beta2 0.999, eps 1e-08)' on rank 1. Start every rank with the same program and the same arguments.")]
    [InlineData("batches", "The ranks were built differently: 'batches of an epoch' is '5' on rank 0 and '10' on rank 1. Start every rank with the same program and the same arguments.")]
    [InlineData("device", "Rank 0 has the device cpu and rank 1 cuda. Give WithDevice the same kind of device on every rank.")]
    [InlineData("loss", "The ranks were built differently: 'loss' is 'non-saturating' on rank 0 and 'hinge' on rank 1. Start every rank with the same program and the same arguments.")]
    [InlineData("iterations", "The ranks were built differently: 'iterations' is '2' on rank 0 and '3' on rank 1. Start every rank with the same program and the same arguments.")]
    [InlineData("norm", "The ranks were built differently: 'layers of the generator' is 'Linear SynchronizedBatchNorm LeakyReLU Dropout Linear' on rank 0 and 'Linear BatchNorm1d LeakyReLU Dropout Linear' on rank 1. Start every rank with the same program and the same arguments.")]
    public void Build_OfARankThatDiffers_IsRefusedOnEveryRankWithBothSides(string what, string message)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var result = Launcher.Run(Launcher.OpenMpi, 2, "differ", what);

        result.Told("refused").Should().Equal([message, message], result.All);
        result.ExitCode.Should().Be(0, result.All);
    }

    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void Fit_OfARankThatThrows_EndsAllWithItsNumberAndReason(string launcher)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var result = Launcher.Run(launcher, 2, "break", "throws");

        result.ExitCode.Should().NotBe(0);
        result.Errors.Should().MatchRegex(@"Rank 1 of 2 \(process \d+ on \S+\) ends all: IOException: The disk is gone\.");
        result.Told("end").Should().BeEmpty();
    }

    [Theory]
    [InlineData("is cancelled", "Cancelled 6")]
    [InlineData("ends", "Completed 5")]
    public void Fit_OfARankThatStops_StopsAllAtOneIteration(string what, string end)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var result = Launcher.Run(Launcher.Mpich, 2, "break", what);

        result.Told("end").Should().Equal([end, end], result.All);
    }

    // What schedulers leave in the environment of every rank: all say so, and none waits for MPI.
    [Theory]
    [InlineData(Launcher.OpenMpi, "WORLD_SIZE=4", "The variable WORLD_SIZE is set to '4', but RANK is not set: a launcher sets both. Unset WORLD_SIZE to run one process, or start with a launcher.")]
    [InlineData(Launcher.Mpich, "WORLD_SIZE=4", "The variable WORLD_SIZE is set to '4', but RANK is not set: a launcher sets both. Unset WORLD_SIZE to run one process, or start with a launcher.")]
    [InlineData(Launcher.OpenMpi, "RANK=0 WORLD_SIZE=4", @"The environment contradicts itself: OMPI_COMM_WORLD_RANK=\d and OMPI_COMM_WORLD_SIZE=2 say 2 processes, RANK=0 and WORLD_SIZE=4 say 4\. Unset those that are not of this start\.")]
    [InlineData(Launcher.Mpich, "RANK=0 WORLD_SIZE=4", @"The environment contradicts itself: PMI_RANK=\d and PMI_SIZE=2 say 2 processes, RANK=0 and WORLD_SIZE=4 say 4\. Unset those that are not of this start\.")]
    public void FromEnvironment_OfHalfOrContradictingVariables_EndsEveryRankWithASentence(string launcher, string variables, string message)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var result = Launcher.RunIn(variables.Split(' ').Select(variable => (variable.Split('=')[0], variable.Split('=')[1])), launcher, 2, "refuse");

        result.ExitCode.Should().Be(0, result.All);
        System.Text.RegularExpressions.Regex.Count(result.Output, "refused: " + message).Should().Be(2, result.All);
    }

    // Ten moments in all, at any of which a checkpoint may be half written.
    [Theory]
    [InlineData(Launcher.OpenMpi, 5)]
    [InlineData(Launcher.Mpich, 5)]
    public void Fit_OfARankThatIsKilled_EndsAllWithin30SecondsAndIsResumed(string launcher, int times)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var random = new Random(7);
        var last = 0L;
        for (var i = 0; i < times; i++)
        {
            var victim = random.Next(2);
            using var run = Launcher.Start(launcher, 2, "endless", _folder);
            var told = run.WaitFor($"process {victim} ").Split(' ');
            var (process, from) = (int.Parse(told[2], CultureInfo.InvariantCulture), long.Parse(told[^1], CultureInfo.InvariantCulture));
            from.Should().BeGreaterThanOrEqualTo(last, "no checkpoint is lost");
            last = from;

            // However busy the machine is: the second run has something to go on from.
            _ = i > 0 || SpinWait.SpinUntil(() => File.Exists(Path.Combine(_folder, "latest")), TimeSpan.FromMinutes(2));
            Thread.Sleep(random.Next(50, 700));
            var before = Environment.TickCount64;
            System.Diagnostics.Process.GetProcessById(process).Kill();
            var result = run.Wait();

            (Environment.TickCount64 - before).Should().BeLessThan(30_000);
            result.ExitCode.Should().NotBe(0);
            result.All.Should().Contain(launcher == Launcher.OpenMpi ? $"rank {victim}" : $"PID {process}");
        }

        last.Should().BePositive("runs went on from checkpoints");
    }
}
