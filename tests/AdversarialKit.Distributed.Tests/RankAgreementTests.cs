using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>What ranks agree on, and how they end where they cannot.</summary>
public sealed class RankAgreementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agreement").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Build_WithNormOfEachRankItself_IsRefusedOnEveryRank()
    {
        var errors = Errors(collective =>
        {
            using var generator = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, SmallRun.Width));
            using var run = new SmallRun(collective, b => b.WithGenerator(generator));
        });

        errors.Should().AllBeOfType<InvalidGanException>().And.AllSatisfy(error => error.Message.Should().Contain(
            "The generator's layer '1' (BatchNorm1d) would take its statistics from each rank's own samples, and the networks would part. " +
            "Call GanLayer.SynchronizeBatchNorm(generator) before Build(), or use a normalization of single samples, such as GroupNorm."));
    }

    [Fact]
    public void Build_OfAnotherBuild_IsRefusedOnEveryRankWithBothVersions()
    {
        var errors = Errors(collective =>
        {
            using var run = new SmallRun(collective.Rank == 1 ? new Disguised(collective, $"library: {ManifestFile.LibraryVersion}", "library: 0.0.9") : collective);
        });

        errors.Should().AllBeOfType<CollectiveException>().And.AllSatisfy(error => error.Message.Should().Be(
            $"The ranks were built differently: 'library' is '{ManifestFile.LibraryVersion}' on rank 0 and '0.0.9' on rank 1. Start every rank with the same program and the same arguments."));
    }

    [Fact]
    public void TrainStep_OfBatchesOfDifferentSizesWithStatistics_IsRefusedOnEveryRank()
    {
        var errors = Errors(collective =>
        {
            using var run = new SmallRun(collective, b => b.WithPenalty(Penalty.LeCam(), 0.1));
            using var real = zeros(4 - collective.Rank, SmallRun.Width);
            run.Gan.TrainStep(real);
        });

        errors.Should().AllBeOfType<CollectiveException>().And.AllSatisfy(error => error.Message.Should().Be(
            "Rank 0 has batches of the sizes [4] and rank 1 [3]. A loss, a penalty or a layer takes statistics over the batch of all ranks, which needs batches of one size. Drop the last, smaller batch of an epoch."));
    }

    [Fact]
    public void TrainStep_OfABatchThatOneRankCannotTake_IsRefusedOnEveryRank()
    {
        var errors = Errors(collective =>
        {
            using var run = new SmallRun(collective);
            using var real = zeros(4, SmallRun.Width + collective.Rank);
            run.Gan.TrainStep(real);
        });

        errors[0].Should().BeOfType<CollectiveException>().Which.Message.Should().StartWith("Rank 1 could not take its batches, and so no rank goes on. There: ArgumentException: ");
        errors[1].Should().BeOfType<ArgumentException>();
    }

    [Fact]
    public void TrainStep_ThatThrowsOnOneRank_EndsAll()
    {
        string? aborted = null;
        var act = () => ThreadRanks.Run(
            2,
            collective =>
            {
                var calls = 0;
                using var run = new SmallRun(collective, b => b.WithGeneratorTerm("faulty", context =>
                    collective.Rank == 1 && ++calls > 2 ? throw new IOException("The disk is gone.") : context.Fakes.mean()));
                run.Gan.Fit(run.Batches, new FitOptions { Iterations = 3 });
                return true;
            },
            out aborted);

        act.Should().Throw<AggregateException>().Which.InnerExceptions.Should().Contain(error => error is IOException);
        aborted.Should().Be("rank 1: IOException: The disk is gone.");
    }

    [Fact]
    public void SaveCheckpoint_OfRanksThatCameToDiffer_IsRefusedOnEveryRankWithBothDigests()
    {
        var errors = Errors(collective =>
        {
            Linear? last = null;
            using var run = new SmallRun(collective, b => b.WithDiscriminator(nn.Sequential(nn.Linear(SmallRun.Width, 8), last = nn.Linear(8, 1))));
            using var noGraph = no_grad();
            last!.bias!.fill_(collective.Rank);
            run.Gan.SaveCheckpoint(_folder);
        });

        errors.Should().AllSatisfy(error => error.Message.Should().MatchRegex(
            "The ranks have come to differ, and no checkpoint was written. The SHA-256 of 'discriminator' is '[0-9A-Fa-f]{64}' on rank 0 and '[0-9A-Fa-f]{64}' on rank 1. " +
            "A callback, a piece or a module of your own changed it on one rank alone."));
        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void Fit_OnRanks_LetsTheFirstAloneWriteLogAndCallBack()
    {
        var told = ThreadRanks.Run(2, collective =>
        {
            var folder = Path.Combine(_folder, $"{collective.Rank}");
            using var run = new SmallRun(collective);
            var counter = new Counter();
            run.Gan.Fit(run.Batches, new FitOptions { Iterations = 4, Callbacks = [counter], Checkpoints = new CheckpointOptions { Directory = folder, Interval = 2 } });
            return (counter.Calls, Lines: run.Log.Entries.Count, Folder: Directory.Exists(folder));
        });

        told[0].Calls.Should().Be(6, "at the start, four times, and at the end");
        told[0].Lines.Should().BePositive();
        told[0].Folder.Should().BeTrue();
        told[1].Should().Be((0, 0, false));
    }

    [Fact]
    public void Fit_OfARankWhoseTimeIsOver_StopsAllAtOneIteration()
    {
        var results = ThreadRanks.Run(2, collective =>
        {
            using var run = new SmallRun(collective);
            return run.Gan.Fit(run.Batches, new FitOptions { Iterations = 1_000_000, TimeLimit = collective.Rank == 1 ? TimeSpan.FromMilliseconds(1) : null });
        });

        results.Should().AllSatisfy(result => result.Reason.Should().Be(StopReason.TimeLimit));
        results[0].Iterations.Should().Be(results[1].Iterations);
    }

    // The checkpoint compares the mean length that each rank has come to.
    [Fact]
    public void PathLength_OnRanks_HasOneMeanOnAllRanks()
    {
        var means = ThreadRanks.Run(2, collective =>
        {
            var term = (PathLengthTerm)GeneratorTerm.PathLength(decay: 0.5);
            using var generator = new Styled();
            using var run = new SmallRun(collective, b => b.WithGenerator(generator).WithGeneratorTerm("path", term));
            run.Gan.Fit(run.Batches, new FitOptions { Iterations = 3, Checkpoints = new CheckpointOptions { Directory = _folder } });
            return term.GetState()["mean"].item<double>();
        });

        means[0].Should().BePositive().And.Be(means[1]);
    }

    private static List<Exception> Errors(Action<ICollective> work)
    {
        var errors = ThreadRanks.Run(2, collective => new Action(() => work(collective)).Should().Throw<Exception>().Which, out var aborted);
        aborted.Should().BeNull("every rank knows what is wrong");
        return [.. errors];
    }

    private sealed class Counter : ITrainingCallback
    {
        public int Calls { get; private set; }

        public void OnStart(Gan gan, FitOptions options) => Calls++;

        public void OnProgress(Gan gan, TrainingProgress progress) => Calls++;

        public void OnEnd(Gan gan, FitResult result) => Calls++;
    }

    private sealed class Styled : nn.Module<Tensor, Tensor>, IStyleGenerator
    {
        private readonly nn.Module<Tensor, Tensor> mapping = nn.Linear(4, 5);
        private readonly nn.Module<Tensor, Tensor> synthesis = nn.Sequential(nn.Linear(5, 8), nn.LeakyReLU(0.2), nn.Linear(8, SmallRun.Width));

        public Styled()
            : base(nameof(Styled)) => RegisterComponents();

        public override Tensor forward(Tensor input) => synthesis.call(mapping.call(input));

        public Tensor Map(Tensor latents, Tensor? condition) => mapping.call(latents);

        public Tensor Synthesize(Tensor styles, Tensor? condition) => synthesis.call(styles);
    }

    /// <summary>A rank that says something else than it is.</summary>
    private sealed class Disguised(ICollective inner, string said, string instead) : ICollective
    {
        public int Rank => inner.Rank;

        public int Size => inner.Size;

        public int LocalRank => inner.LocalRank;

        public void AllReduce(Tensor tensor) => inner.AllReduce(tensor);

        public void Broadcast(Tensor tensor) => inner.Broadcast(tensor);

        public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes)
        {
            var text = System.Text.Encoding.UTF8.GetString(bytes);
            return inner.Gather(text.StartsWith(said, StringComparison.Ordinal) ? System.Text.Encoding.UTF8.GetBytes(instead + text[said.Length..]) : bytes);
        }

        public void Barrier() => inner.Barrier();

        public void Abort(string reason) => inner.Abort(reason);
    }
}
