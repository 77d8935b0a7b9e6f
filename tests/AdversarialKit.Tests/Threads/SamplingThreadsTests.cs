using AdversarialKit.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Threads;

/// <summary>Many threads that use one GAN, as a service does.</summary>
public sealed class SamplingThreadsTests : IDisposable
{
    private const int Threads = 8;
    private const int Calls = 100;

    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.DiscriminatorWithBatchNorm();
    private readonly Tensor _real = Toy.Real(40);
    private readonly TensorBatches _batches;

    public SamplingThreadsTests() => _batches = Batches.FromTensor(_real, 8);

    public void Dispose()
    {
        _batches.Dispose();
        _real.Dispose();
        _discriminator.Dispose();
        _generator.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sample_EightThreads_GivesTheSamplesThatOneThreadGets(bool averaged)
    {
        using var one = Build(averaged);
        var expected = Enumerable.Range(0, Threads * Calls).Select(_ => SampleOf(one)).Order().ToList();
        var before = Snapshot.Of(_generator);
        using var gan = Build(averaged);

        var drawn = OnThreads(() => Enumerable.Range(0, Calls).Select(_ => SampleOf(gan)).ToList()).SelectMany(samples => samples).Order();

        drawn.Should().Equal(expected);
        Snapshot.Of(_generator).Should().Be(before);
    }

    [Fact]
    public void TrainStep_EightThreads_MakesAsManyIterations()
    {
        using var gan = Build(averaged: true);

        OnThreads(() => Enumerable.Range(0, Calls).Select(_ => gan.TrainStep(_real).Iteration).ToList())
            .SelectMany(iterations => iterations).Order().Should().Equal(Enumerable.Range(1, Threads * Calls).Select(i => (long)i));

        gan.Iteration.Should().Be(Threads * Calls);
        gan.SamplesSeen.Should().Be(Threads * Calls * 40);
    }

    [Fact]
    public async Task FitAsync_SampledWhileItsProgressIsEnumerated_GoesOn()
    {
        using var gan = Build(averaged: true);
        var seen = 0;

        var run = gan.FitAsync(_batches, new FitOptions { Iterations = 600, ProgressInterval = 1 });
        await foreach (var progress in run)
        {
            using var samples = gan.Sample(25);
            seen += samples.isfinite().all().ToBoolean() ? 1 : 0;
        }

        (await run.Result).Reason.Should().Be(StopReason.Completed);
        seen.Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task FitAsync_DisposedByAnotherThread_EndsWithWords()
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var gan = Build(averaged: true);
            var run = gan.FitAsync(_batches, new FitOptions { Iterations = long.MaxValue, ProgressInterval = 1 });
            Thread.Sleep(attempt);
            gan.Dispose();

            var result = () => run.Result.WaitAsync(TimeSpan.FromMinutes(1));

            (await result.Should().ThrowAsync<ObjectDisposedException>()).Which.ObjectName.Should().Be(typeof(Gan).FullName);
        }
    }

    [Theory]
    [InlineData("iteration")]
    [InlineData("generator")]
    [InlineData("own objective")]
    public async Task TrainStep_ByHand_HoldsOffOtherThreadsUntilAllOfItIsDone(string step)
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var real = Toy.Real(8);
        var watching = new Watching();
        using var gan = Toy.Builder(generator, discriminator).WithAugmentation(watching).Build();
        watching.Call = () => gan.Sample(1).Dispose();

        _ = step switch
        {
            "iteration" => (object)gan.TrainStep(real),
            "generator" => gan.TrainGenerator(real),
            _ => gan.TrainGenerator(real, context => context.Logits.mean()),
        };

        watching.HadToWait.Should().BeTrue();
        await watching.Other;
    }

    /// <summary>Looks, where an iteration is completed, whether another thread gets in.</summary>
    private sealed class Watching : IAugmentation
    {
        public Task Other { get; private set; } = Task.CompletedTask;

        public Action Call { get; set; } = () => { };

        public bool HadToWait { get; private set; }

        public Tensor Augment(Tensor images, AugmentationContext context) => images.alias();

        public void Observe(double realSign, long batchSize)
        {
            Other = Task.Run(Call);
            HadToWait = !Other.Wait(300);
        }
    }

    private Gan Build(bool averaged)
    {
        var builder = Toy.Builder(_generator, _discriminator);
        return (averaged ? builder.WithGeneratorAverage(Ema.Decay(0.9)) : builder).Build();
    }

    private static string SampleOf(Gan gan)
    {
        using var samples = gan.Sample(5);
        return Snapshot.Digest([("samples", samples)]);
    }

    private static List<T> OnThreads<T>(Func<T> work)
    {
        var results = new List<T>();
        Exception? error = null;
        using var together = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            try
            {
                set_num_threads(1);
                together.SignalAndWait();
                var result = work();
                lock (results)
                {
                    results.Add(result);
                }
            }
#pragma warning disable CA1031 // Whatever it is, the test shows it.
            catch (Exception caught)
#pragma warning restore CA1031
            {
                error = caught;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return error is null ? results : throw new InvalidOperationException(error.Message, error);
    }
}
