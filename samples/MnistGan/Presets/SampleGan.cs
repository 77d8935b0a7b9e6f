using AdversarialKit;
using TorchSharp;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>The networks of a run and the GAN that trains them; owns all three.</summary>
internal sealed class SampleGan : IDisposable
{
    /// <summary>With two threads and in bfloat16 they take about as long as the reference's 30,000.</summary>
    public const int ModernIterations = 14_000;
    public const int ModernBatchSize = 32;

    private readonly nn.Module _generator;
    private readonly nn.Module _discriminator;

    private SampleGan(nn.Module generator, nn.Module discriminator, GanBuilder builder)
    {
        (_generator, _discriminator) = (generator, discriminator);
        Gan = builder.Build();
    }

    public Gan Gan { get; }

    /// <summary>Makes networks and GAN as the options say.</summary>
    public static SampleGan Create(Options options)
    {
        using var random = new torch.Generator(unchecked((ulong)options.Seed));
        var builder = new GanBuilder().WithDevice(options.Device).WithSeed(options.Seed);
        builder = options.Ranks is { } ranks ? builder.WithCollective(ranks) : builder;
        return (options.Preset, options.Conditional) switch
        {
            (PresetChoice.Reference, _) => Reference(builder, random, options.Ranks),
            (_, false) => Modern(builder.WithPreset(R3Gan(options)), random),
            _ => Conditional(builder.WithPreset(R3Gan(options)), random),
        };
    }

    public void Dispose()
    {
        Gan.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }

    private static SampleGan Reference(GanBuilder builder, torch.Generator random, ICollective? ranks)
    {
        // One Keras optimizer object is compiled into both models, so that one counter counts the steps of both.
        var (generator, discriminator, counter) = (Networks.Generator(random), Networks.Discriminator(random), new StepCounter());
        _ = ranks is not null ? GanLayer.SynchronizeBatchNorm(generator) : 0;
        return new SampleGan(generator, discriminator, builder
            .WithGenerator(generator).WithDiscriminator(discriminator)
            .WithLatent(Latent.Normal(Networks.LatentSize))
            .WithLoss(AdversarialLoss.BinaryCrossEntropyOnProbabilities())
            .WithOptimizers(Optimizers.KerasAdam(2e-4, beta1: 0.5, counter: counter))
            .WithDiscriminatorUpdate(DiscriminatorUpdate.Separate)
            .WithFakes(FakeMode.Inference));
    }

    /// <summary>R3GAN (Huang et al. 2024, https://arxiv.org/abs/2501.05441) with what came out best in docs/results.md; a run's length sets the pace of the learning rates.</summary>
    private static Action<GanBuilder> R3Gan(Options options) => builder => builder
        .WithPreset(Preset.R3Gan(gamma: 0.3, interval: 8, learningRate: 2e-3, halfLife: 10_000))
        .WithFakes(FakeMode.Shared)
        .WithComputePrecision(options.BFloat16 ? ComputePrecision.BFloat16 : ComputePrecision.Full)
        .WithLatent(Latent.Normal(ModernNetworks.LatentSize))
        .WithLearningRates(Schedule.Cosine(options.Iterations, final: 0.05), Schedule.Cosine(options.Iterations, final: 0.05));

    private static SampleGan Modern(GanBuilder builder, torch.Generator random)
    {
        var (generator, discriminator) = (ModernNetworks.Generator(random), ModernNetworks.Discriminator(random));
        return new SampleGan(generator, discriminator, builder.WithGenerator(generator).WithDiscriminator(discriminator));
    }

    private static SampleGan Conditional(GanBuilder builder, torch.Generator random)
    {
        var (generator, discriminator) = (new DigitGenerator(random), new DigitDiscriminator(random));
        return new SampleGan(generator, discriminator, builder.WithGenerator(generator).WithDiscriminator(discriminator).WithClassLabels(ModernNetworks.Classes));
    }
}
