using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

public sealed class TrainingRunTests : IDisposable
{
    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(40);
    private readonly TensorBatches _batches;
    private readonly Gan _gan;

    public TrainingRunTests()
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
    }

    [Fact]
    public async Task FitAsync_Enumerated_GivesProgressAndTheResult()
    {
        var seen = new List<long>();
        var run = _gan.FitAsync(_batches, new FitOptions { Iterations = 25, ProgressInterval = 10 });

        await foreach (var progress in run)
        {
            seen.Add(progress.Iteration);
        }

        seen.Should().Equal(10, 20, 25);
        (await run.Result).Reason.Should().Be(StopReason.Completed);
    }

    [Fact]
    public async Task FitAsync_SlowReader_MissesTheOldestAndHoldsNothingUp()
    {
        var run = _gan.FitAsync(_batches, new FitOptions { Iterations = 200, ProgressInterval = 1 });
        await run.Result;

        var seen = new List<long>();
        await foreach (var progress in run)
        {
            seen.Add(progress.Iteration);
        }

        seen.Should().Equal(Enumerable.Range(137, 64).Select(i => (long)i));
    }

    [Fact]
    public async Task FitAsync_CallbackThrows_SurfacesInBoth()
    {
        var callback = new Callback((_, _) => throw new TimeoutException("mine"));
        var run = _gan.FitAsync(_batches, new FitOptions { Iterations = 5, Callbacks = [callback] });

        var enumerate = async () => { await foreach (var _ in run) { } };
        var result = () => run.Result;

        await enumerate.Should().ThrowAsync<TimeoutException>().WithMessage("mine");
        await result.Should().ThrowAsync<TimeoutException>().WithMessage("mine");
    }

    [Fact]
    public async Task FitAsync_EnumerationLeftEarly_EndsTheRun()
    {
        var run = _gan.FitAsync(_batches, new FitOptions { Iterations = long.MaxValue, ProgressInterval = 1 });

        await foreach (var progress in run)
        {
            break;
        }

        (await run.Result).Reason.Should().Be(StopReason.Cancelled);
    }

    [Fact]
    public async Task FitAsync_EnumeratedTwice_Refuses()
    {
        await using var run = _gan.FitAsync(_batches, new FitOptions { Iterations = 1 });
        await foreach (var _ in run)
        {
        }

        var again = () => run.GetAsyncEnumerator();

        again.Should().Throw<InvalidOperationException>().WithMessage("The progress of a run can be enumerated once; await Result for its end.");
    }

    [Fact]
    public async Task FitAsync_Training_IsOnAThreadOfItsOwnWithTheCallersThreads()
    {
        var seen = new List<(int Thread, int Torch)>();
        var callback = new Callback((_, _) => seen.Add((Environment.CurrentManagedThreadId, get_num_threads())));

        await _gan.FitAsync(_batches, new FitOptions { Iterations = 3, Callbacks = [callback] }).Result;

        seen.Distinct().Should().ContainSingle().Which.Should().Match<(int Thread, int Torch)>(s => s.Torch == 1);
    }
}
