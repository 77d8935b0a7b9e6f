using System.Collections.Concurrent;
using AdversarialKit.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>What another thread does with a GAN changes no bit of its run and ends neither.</summary>
public sealed class OtherThreadsTests : IDisposable
{
    private readonly Sequential _generator;
    private readonly Sequential _discriminator;
    private readonly Tensor _data;

    public OtherThreadsTests()
    {
        random.manual_seed(3);
        _generator = nn.Sequential(nn.Linear(4, 32), nn.BatchNorm1d(32), nn.Dropout(0.2), nn.ReLU(), nn.Linear(32, 2));
        _discriminator = nn.Sequential(SpectralNorm.Linear(2, 32), nn.LeakyReLU(0.2), nn.Dropout(0.1), nn.Linear(32, 1));
        _data = randn(64, 2);
    }

    public void Dispose()
    {
        _data.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }

    [Fact]
    public void Fit_EightThreadsSampleMeanwhile_EndsInTheBitsOfTheUndisturbedRun()
    {
        var undisturbed = Train(_ => () => { });
        using var stop = new CancellationTokenSource();
        var faults = new ConcurrentBag<string>();

        var disturbed = Train(gan =>
        {
            var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() => SampleUntil(gan, faults, stop.Token)) { IsBackground = true }).ToList();
            threads.ForEach(thread => thread.Start());
            return () =>
            {
                stop.Cancel();
                threads.ForEach(thread => thread.Join());
            };
        });

        faults.Should().BeEmpty();
        disturbed.Should().Be(undisturbed);
    }

    [Fact]
    public async Task FitAsync_SamplingInTheLoopOverItsProgress_Works()
    {
        using var gan = Build();
        using var batches = Batches.FromTensor(_data, 16, new TensorBatchOptions { Seed = 1 });
        var reports = 0;

        await foreach (var progress in gan.FitAsync(batches, new FitOptions { Iterations = 300, ProgressInterval = 10 }))
        {
            using var samples = gan.Sample(25);
            samples.isfinite().all().ToBoolean().Should().BeTrue();
            reports++;
        }

        reports.Should().BeGreaterThan(0);
        gan.Iteration.Should().Be(300);
    }

    [Fact]
    public async Task Fit_CallbackThatWaitsForAThreadThatSamples_GoesOn()
    {
        using var gan = Build();
        using var batches = Batches.FromTensor(_data, 16, new TensorBatchOptions { Seed = 1 });
        var callback = new Waiting();
        var run = gan.FitAsync(batches, new FitOptions { Iterations = 5, Callbacks = [callback] });

        var result = await run.Result.WaitAsync(TimeSpan.FromSeconds(60));

        result.Reason.Should().Be(StopReason.Completed);
        callback.Sampled.Should().Be(5);
    }

    [Fact]
    public void Sample_GeneratorThatDrawsNoise_LeavesTheRunAsItWas()
    {
        var undisturbed = TrainNoisy(_ => { });

        TrainNoisy(gan => gan.Sample(7).Dispose()).Should().Be(undisturbed);
    }

    [Fact]
    public void LoadGenerator_OfATrainedModule_LeavesInferenceMode()
    {
        using var gan = Build();
        gan.TrainStep(_data.narrow(0, 0, 16));
        var root = Directory.CreateTempSubdirectory("adversarialkit-").FullName;
        gan.SaveCheckpoint(root);
        _generator.train();

        CheckpointWeights.LoadGenerator(root, _generator);

        _generator.modules().Should().OnlyContain(module => !module.training);
        Directory.Delete(root, recursive: true);
    }

    private static void SampleUntil(Gan gan, ConcurrentBag<string> faults, CancellationToken token)
    {
        try
        {
            while (!token.IsCancellationRequested)
            {
                using var samples = gan.Sample(20);
                if (!samples.isfinite().all().ToBoolean())
                {
                    faults.Add("samples that are not finite");
                }
            }
        }
        catch (Exception error) when (error is not ObjectDisposedException)
        {
            faults.Add(error.Message);
        }
    }

    private string Train(Func<Gan, Action> beside)
    {
        Reset();
        using var gan = Build();
        using var batches = Batches.FromTensor(_data, 16, new TensorBatchOptions { Seed = 1 });
        var end = beside(gan);
        gan.Fit(batches, new FitOptions { Iterations = 600 });
        end();
        return gan.System.Networks[0].Fingerprint() + gan.System.Networks[1].Fingerprint();
    }

    private string TrainNoisy(Action<Gan> between)
    {
        random.manual_seed(5);
        using var generator = new FunctionModule(4, 2, (linear, z) => linear.call(z + (0.1 * randn_like(z))));
        using var discriminator = nn.Sequential(nn.Linear(2, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1));
        using var gan = new GanBuilder().WithGenerator(generator).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4))
            .WithLoss(AdversarialLoss.Hinge()).WithOptimizers(Optimizers.Adam(1e-3)).WithSeed(2).Build();
        random.manual_seed(6);
        for (var i = 0; i < 10; i++)
        {
            gan.TrainStep(_data.narrow(0, 0, 16));
            between(gan);
        }

        return gan.System.Networks[0].Fingerprint();
    }

    private void Reset()
    {
        random.manual_seed(4);
        using var noGraph = no_grad();
        foreach (var tensor in _generator.parameters().Concat(_discriminator.parameters()))
        {
            tensor.uniform_(-0.5, 0.5);
        }

        foreach (var buffer in _generator.buffers().Concat(_discriminator.buffers()))
        {
            buffer.fill_(1);
        }
    }

    private Gan Build() => new GanBuilder()
        .WithGenerator(_generator)
        .WithDiscriminator(_discriminator)
        .WithLatent(Latent.Normal(4))
        .WithLoss(AdversarialLoss.Hinge())
        .WithOptimizers(Optimizers.Adam(1e-3))
        .WithGeneratorAverage(Ema.Decay(0.9))
        .WithSeed(7)
        .Build();

    private sealed class Waiting : ITrainingCallback
    {
        public int Sampled { get; private set; }

        public void OnProgress(Gan gan, TrainingProgress progress)
        {
            var window = new Thread(() =>
            {
                using var samples = gan.Sample(3);
                Sampled++;
            });
            window.Start();
            window.Join();
        }
    }
}
