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
    [InlineData(Launcher.OpenMpi)]
    public void LoadCheckpoint_OfAnotherNumberOfRanks_GoesOnFromItsWeights(string launcher)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var two = Launcher.Run(launcher, 2, "resume", _folder, "5");

        var one = Launcher.RunAlone([], "resume", _folder, "6");
        var three = Launcher.Run(launcher, 3, "resume", _folder, "8");

        two.ExitCode.Should().Be(0, two.All);
        one.Told("from").Should().Equal(["5"], one.All);
        three.Told("from").Should().Equal(["6", "6", "6"], three.All);
        three.Told("end").Should().HaveCount(3).And.OnlyContain(told => told.StartsWith("Completed 8 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("seed", "Rank 0 has the seed 3 and rank 1 4. Give WithSeed the same number on every rank: each draws from a sequence of its own that follows from it.")]
    [InlineData("network", "The ranks were built differently: 'generator' is 'Sequential of 110 parameters, normal [4] -> [6]' on rank 0 and 'Sequential of 123 parameters, normal [4] -> [6]' on rank 1. Start every rank with the same program and the same arguments.")]
    [InlineData("rate", "The ranks were built differently: 'optimizers' is 'discriminator Adam(lr 0.001, beta1 0.9, beta2 0.999, eps 1e-08), generator Adam(lr 0.001, beta1 0.9, beta2 0.999, eps 1e-08)' on rank 0 and 'discriminator Adam(lr 0.002, beta1 0.9, beta2 0.999, eps 1e-08), generator Adam(lr 0.002, beta1 0.9, beta2 0.999, eps 1e-08)' on rank 1. Start every rank with the same program and the same arguments.")]
    [InlineData("batches", "The ranks were built differently: 'batches of an epoch' is '5' on rank 0 and '10' on rank 1. Start every rank with the same program and the same arguments.")]
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
