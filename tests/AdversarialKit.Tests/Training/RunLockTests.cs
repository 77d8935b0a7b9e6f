using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>A directory of checkpoints, a log and a report belong to one run at a time, and the second is refused at its start.</summary>
public sealed class RunLockTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();
    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(40);
    private readonly TensorBatches _batches;
    private readonly Gan _gan;

    public RunLockTests()
    {
        _batches = Batches.FromTensor(_real, 8);
        _gan = Toy.Builder(_generator, _discriminator).Build();
    }

    private string Refusal => $"'{_folder[".adversarialkit.lock"]}': Another run writes checkpoints to this directory, from this process or another one, and holds the lock until it ends. Give every run a directory of its own.";

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
    public void Fit_WhileAnotherGansRunWritesThere_IsRefusedBeforeItsFirstCallback()
    {
        var second = new Callback((_, _) => { });
        var refusals = new List<string>();
        var first = new Callback((_, progress) =>
        {
            // Long before and long after the checkpoints at 2 and 4.
            using var other = Toy.Builder(_generator, _discriminator).Build();
            var fit = () => other.Fit(_batches, Options(9, second));
            refusals.Add(fit.Should().Throw<CheckpointException>().Which.Message);
        });

        var result = _gan.Fit(_batches, Options(5, first));

        result.Reason.Should().Be(StopReason.Completed);
        refusals.Should().Equal(Enumerable.Repeat(Refusal, 5));
        second.Started.Should().BeFalse();
        using var next = Toy.Builder(_generator, _discriminator).Build();
        next.Fit(_batches, Options(1, second)).Reason.Should().Be(StopReason.Completed);
    }

    [Fact]
    public void Fit_WhileAnotherGansRunWritesThere_IsRefusedEvenWhereFailuresAreLetPass()
    {
        string? refusal = null;
        var first = new Callback((_, _) =>
        {
            using var other = Toy.Builder(_generator, _discriminator).Build();
            var options = Options(9);
            var fit = () => other.Fit(_batches, options with { Checkpoints = options.Checkpoints! with { OnFailure = CheckpointFailure.Continue } });
            refusal = fit.Should().Throw<CheckpointException>().Which.Message;
        });

        _gan.Fit(_batches, Options(1, first));

        refusal.Should().Be(Refusal);
    }

    [Fact]
    public void SaveCheckpoint_DuringARun_IsTheRunsOwnGansAlone()
    {
        var written = new List<string>();
        var callback = new Callback((gan, progress) =>
        {
            written.Add(gan.SaveCheckpoint(_folder.Path));
            using var other = Toy.Builder(_generator, _discriminator).Build();
            var save = () => other.SaveCheckpoint(_folder.Path);
            save.Should().Throw<CheckpointException>().WithMessage(Refusal);
            other.SaveCheckpoint(_folder["elsewhere"]);
        });

        _gan.Fit(_batches, Options(1, callback));

        written.Should().Equal(_folder["iteration-000000000001"]);
        var after = () => _gan.SaveCheckpoint(_folder.Path);
        after.Should().NotThrow();
    }

    [Fact]
    public void Fit_AfterARunThatThrew_IsNotRefused()
    {
        var callback = new Callback((_, _) => throw new TimeoutException("mine"));
        var fit = () => _gan.Fit(_batches, Options(3, callback));
        fit.Should().Throw<TimeoutException>();

        using var other = Toy.Builder(_generator, _discriminator).Build();

        other.Fit(_batches, Options(3)).Reason.Should().Be(StopReason.Completed);
    }

    [Fact]
    public async Task FitAsync_TwoAtOnce_OneRunsAndOneIsRefused()
    {
        using var started = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var first = _gan.FitAsync(_batches, Options(3, new Callback((_, _) =>
        {
            started.Set();
            goOn.Wait();
        })));
        started.Wait();
        using var other = Toy.Builder(_generator, _discriminator).Build();
        using var otherBatches = Batches.FromTensor(_real, 8);

        var second = async () => await other.FitAsync(otherBatches, Options(3)).Result;

        await second.Should().ThrowAsync<CheckpointException>().WithMessage(Refusal);
        goOn.Set();
        (await first.Result).Reason.Should().Be(StopReason.Completed);
    }

    [Fact]
    public async Task Fit_WhileAnotherProcessTrainsThere_IsRefusedUntilThatIsKilled()
    {
        using var process = TrainingProcess.Start(_folder.Path, long.MaxValue, Sampling.Shuffled, "fused", interval: 1_000_000);
        var errors = process.StandardError.ReadToEndAsync();
        (await process.StandardOutput.ReadLineAsync()).Should().NotBeNull(process.HasExited ? await errors : "the process is still there");
        var rest = process.StandardOutput.ReadToEndAsync();
        var fit = () => _gan.Fit(_batches, Options(3));

        fit.Should().Throw<CheckpointException>().WithMessage(Refusal);
        process.HasExited.Should().BeFalse();
        process.Kill();
        await process.WaitForExitAsync();
        _ = await rest;

        fit().Reason.Should().Be(StopReason.Completed);
    }

    [Fact]
    public void Fit_DirectoryThatCannotBeMade_StopsAtTheStartOrGoesOn()
    {
        File.WriteAllText(_folder["file"], "");
        var below = Path.Combine(_folder["file"], "below");
        var options = new FitOptions { Iterations = 3, Checkpoints = new CheckpointOptions { Directory = below } };
        var fit = () => _gan.Fit(_batches, options);

        fit.Should().Throw<CheckpointException>().Which.Message.Should().StartWith($"'{below}': No checkpoint can be written here. ");
        _gan.Iteration.Should().Be(0);
        options = options with { Checkpoints = options.Checkpoints! with { OnFailure = CheckpointFailure.Continue } };
        fit().Should().BeEquivalentTo(new { Reason = StopReason.Completed, Iterations = 3L, Checkpoint = (string?)null });
    }

    private FitOptions Options(long iterations, params ITrainingCallback[] callbacks) => new()
    {
        Iterations = iterations,
        Callbacks = callbacks,
        Checkpoints = new CheckpointOptions { Directory = _folder.Path, Interval = 2 },
    };
}
