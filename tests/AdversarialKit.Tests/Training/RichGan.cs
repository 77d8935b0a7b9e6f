using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>
/// A GAN that has every kind of state at once: dropout, batch normalization, spectral normalization, schedules, clipping,
/// two discriminator steps, LeCam, lazy R1, adaptive augmentation, an average, and a batch source.
/// </summary>
internal sealed class RichGan : IDisposable
{
    private readonly Tensor _samples;

    public RichGan(
        Sampling sampling, OptimizerFactory? optimizer = null, long seed = 7, double dropout = 0.3, Action<GanBuilder>? also = null)
    {
        manual_seed(seed);
        Generator = nn.Sequential(
            ("hidden", nn.Linear(4, 32)), ("norm", nn.BatchNorm1d(32)), ("relu", nn.LeakyReLU(0.2)),
            ("drop", nn.Dropout(dropout)), ("out", nn.Linear(32, 3 * 8 * 8)), ("tanh", nn.Tanh()), ("shape", nn.Unflatten(1, [3, 8, 8])));
        Discriminator = nn.Sequential(
            ("conv", SpectralNorm.Conv2d(3, 8, 3, stride: 2)), ("relu", nn.LeakyReLU(0.2)), ("drop", nn.Dropout2d(dropout)),
            ("flat", nn.Flatten()), ("out", SpectralNorm.Linear(8 * 3 * 3, 1)));
        using var random = new Generator(11);
        _samples = randint(0, 256, [40, 3, 8, 8], dtype: ScalarType.Byte, generator: random);
        Gan = Build(optimizer ?? Optimizers.Adam(2e-3, beta1: 0.5), seed, also);
        Batches = AdversarialKit.Batches.FromTensor(_samples, 6, new TensorBatchOptions
        {
            Sampling = sampling,
            Seed = seed,
            Transform = bytes => bytes.to(ScalarType.Float32).div_(127.5).sub_(1),
        });
    }

    public Sequential Generator { get; }

    public Sequential Discriminator { get; }

    public Gan Gan { get; }

    public TensorBatches Batches { get; }

    /// <summary>Trains to an iteration and gives each iteration's losses, bit for bit.</summary>
    public List<string> TrainTo(long iteration, CheckpointOptions? checkpoints = null)
    {
        var losses = new LossLog();
        Gan.Fit(Batches, new FitOptions { Iterations = iteration, Callbacks = [losses], Checkpoints = checkpoints });
        return losses.Lines;
    }

    /// <summary>Every bit that a run carries along, and what comes of it: weights, buffers, samples.</summary>
    public string Digest()
    {
        using var scope = NewDisposeScope();
        return DigestOfNetworks() + Snapshot.Digest([("samples", Gan.Sample(3)), ("torch", rand(3))]);
    }

    public string DigestOfNetworks() => string.Join(
        "\n", Snapshot.Of(Generator).Parameters, Snapshot.Of(Generator).Buffers, Snapshot.Of(Discriminator).Parameters, Snapshot.Of(Discriminator).Buffers);

    public void Dispose()
    {
        Gan.Dispose();
        Batches.Dispose();
        Generator.Dispose();
        Discriminator.Dispose();
        _samples.Dispose();
    }

    private Gan Build(OptimizerFactory optimizer, long seed, Action<GanBuilder>? also) => new GanBuilder()
        .WithGenerator(Generator)
        .WithDiscriminator(Discriminator)
        .WithLatent(Latent.Normal(4))
        .WithLoss(AdversarialLoss.NonSaturating())
        .WithPenalty(Penalty.LeCam(), 0.1)
        .WithPenalty(Penalty.R1(), 1, interval: 3)
        .WithOptimizers(optimizer)
        .WithLearningRates(Schedule.Linear(100), Schedule.Linear(80))
        .WithGradientClipping(Clip.Norm(5))
        .WithDiscriminatorSteps(2)
        .WithGeneratorAverage(Ema.HalfLife(50))
        .WithAugmentation(Augmentation.Adaptive(interval: 2, rampImages: 500))
        .WithSeed(seed)
        .WithPreset(also ?? (_ => { }))
        .Build();
}
