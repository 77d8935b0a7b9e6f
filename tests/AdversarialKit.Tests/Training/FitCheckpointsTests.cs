using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>What a run leaves on the disk, however it ends.</summary>
public sealed class FitCheckpointsTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();
    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(40);
    private readonly TensorBatches _batches;
    private readonly Gan _gan;

    public FitCheckpointsTests()
    {
        _batches = Batches.FromTensor(_real, 8);
        _gan = Toy.Builder(_generator, _discriminator).Build();
    }

    public void Dispose()
    {
        _gan.Dispose();
        _batches.Dispose();
        _real.Dispose();
        _discriminator.Dispose();
        _generator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Fit_IntervalAndEnd_WritesEach()
    {
        var result = _gan.Fit(_batches, Options(10, interval: 4));

        Iterations().Should().Equal("iteration-000000000004", "iteration-000000000008", "iteration-000000000010");
        result.Checkpoint.Should().Be(_folder["iteration-000000000010"]);
        _gan.Checkpoint.Should().Be(result.Checkpoint);
    }

    [Fact]
    public void Fit_CallbackThrows_WritesTheFinishedIterationAndThrows()
    {
        var callback = new Callback((_, progress) => { if (progress.Iteration == 3) { throw new TimeoutException("mine"); } });

        var fit = () => _gan.Fit(_batches, Options(10) with { Callbacks = [callback] });

        fit.Should().Throw<TimeoutException>().WithMessage("mine");
        Iterations().Should().Equal("iteration-000000000003");
        callback.Result.Should().BeNull();
    }

    [Fact]
    public void Fit_Cancelled_WritesACheckpointBeforeCallbacksEnd()
    {
        using var stop = new CancellationTokenSource();
        string? seenAtEnd = null;
        var callback = new EndCallback(stop, () => seenAtEnd = Iterations().Single());

        _gan.Fit(_batches, Options(10) with { Callbacks = [callback] }, stop.Token);

        seenAtEnd.Should().Be("iteration-000000000001");
    }

    [Fact]
    public void Fit_LossNotFinite_WritesNothingAndNamesTheLastGoodCheckpoint()
    {
        using var poison = full([8, 6], float.NaN);
        Batch[] batches = [_real.narrow(0, 0, 8), _real.narrow(0, 8, 8), poison];

        var result = _gan.Fit(batches, Options(10, interval: 2));

        Iterations().Should().Equal("iteration-000000000002");
        result.Message.Should().StartWith(
            "At iteration 3 the discriminator's loss is NaN. The data are the cause: 48 of the 48 numbers of the real batch are not finite, the first in "
            + $"sample 0, counted from 0. The last good checkpoint is '{_folder["iteration-000000000002"]}'; nothing was written over it.");
    }

    [Fact]
    public void Fit_WeightsNotFiniteWhileLossesAreStill_WritesNothing()
    {
        var poison = new Callback((_, progress) =>
        {
            using var noGrad = no_grad();
            _generator.parameters().First().fill_(progress.Iteration == 4 ? float.PositiveInfinity : 0.1);
        });

        var result = _gan.Fit(_batches, Options(10, interval: 2) with { Callbacks = [poison] });

        result.Should().BeEquivalentTo(new { Reason = StopReason.Diverged, Iterations = 4L });
        result.Message.Should().StartWith("At iteration 4 'hidden.weight' of the generator holds numbers that are not finite. The last good checkpoint is");
        Iterations().Should().Equal("iteration-000000000002");
    }

    [Theory]
    [InlineData(CheckpointFailure.Stop)]
    [InlineData(CheckpointFailure.Continue)]
    public void Fit_DiskFull_LeavesTheEarlierWholeAndStopsOrGoesOn(CheckpointFailure onFailure)
    {
        var options = Options(8, interval: 2);
        options = options with { Checkpoints = options.Checkpoints! with { OnFailure = onFailure } };
        _gan.Fit(_batches, options with { Iterations = 2 });
        _gan.CreateCheckpointFile = new SmallDisk(3000).Create;

        var fit = () => _gan.Fit(_batches, options);

        if (onFailure == CheckpointFailure.Stop)
        {
            fit.Should().Throw<CheckpointException>().WithMessage(
                $"'{_folder.Path}': The checkpoint of iteration 4 could not be written; earlier ones are as they were. No space left on device");
            _gan.Iteration.Should().Be(4);
        }
        else
        {
            fit().Should().BeEquivalentTo(new { Reason = StopReason.Completed, Iterations = 8L, Checkpoint = _folder["iteration-000000000002"] });
        }

        _folder.Names.Should().NotContain(name => name.EndsWith(".tmp", StringComparison.Ordinal));
        _gan.LoadCheckpoint(_folder.Path).Iteration.Should().Be(2);
    }

    [Fact]
    public void Fit_Metric_KeepsTheBest()
    {
        var options = Options(10, interval: 2);
        var measured = new Queue<double>([5, 1, 3, 4, 2]);
        options = options with { Checkpoints = options.Checkpoints! with { Metric = _ => measured.Dequeue(), Retention = new() { KeepLast = 1 } } };

        _gan.Fit(_batches, options);

        Iterations().Should().Equal("iteration-000000000004", "iteration-000000000010");
        _gan.LoadCheckpoint(_folder["best"]).Should().BeEquivalentTo(new { Iteration = 4L, Metric = 1.0 });
    }

    private IEnumerable<string> Iterations() => _folder.Names.Where(CheckpointNames.IsDirectory);

    private FitOptions Options(long iterations, long interval = 1000) => new()
    {
        Iterations = iterations,
        Checkpoints = new CheckpointOptions { Directory = _folder.Path, Interval = interval },
    };

    private sealed class EndCallback(CancellationTokenSource stop, Action atEnd) : ITrainingCallback
    {
        public void OnProgress(Gan gan, TrainingProgress progress) => stop.Cancel();

        public void OnEnd(Gan gan, FitResult result) => atEnd();
    }
}
