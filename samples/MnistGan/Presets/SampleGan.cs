using AdversarialKit;
using TorchSharp;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>The networks of a run and the GAN that trains them; owns all three.</summary>
internal sealed class SampleGan : IDisposable
{
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
        var builder = new GanBuilder().WithDevice(TorchDevice.Open(options.Device)).WithSeed(options.Seed);
        builder = options.Ranks is { } ranks ? builder.WithCollective(ranks) : builder;
        var modern = ModernPreset.For(options.Iterations, options.BFloat16 ? ComputePrecision.BFloat16 : ComputePrecision.Full);
        return (options.Preset, options.Conditional) switch
        {
            (PresetChoice.Reference, _) => Reference(builder, random, options.Ranks),
            (_, false) => Modern(builder.WithPreset(modern), random),
            _ => Conditional(builder.WithPreset(modern), random),
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
        var (generator, discriminator) = (Networks.Generator(random), Networks.Discriminator(random));

        _ = ranks is { Size: > 1 } ? GanLayer.SynchronizeBatchNorm(generator) : 0;

        // One Keras optimizer object is compiled into both models, so that one counter counts the steps of both.
        var counter = new StepCounter();
        return new SampleGan(generator, discriminator, builder
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithLatent(Latent.Normal(Networks.LatentSize))
            .WithLoss(AdversarialLoss.BinaryCrossEntropyOnProbabilities())
            .WithOptimizers(Optimizers.KerasAdam(2e-4, beta1: 0.5, counter: counter))
            .WithDiscriminatorUpdate(DiscriminatorUpdate.Separate)
            .WithFakes(FakeMode.Inference));
    }

    private static SampleGan Modern(GanBuilder builder, torch.Generator random)
    {
        var (generator, discriminator) = (ModernNetworks.Generator(random), ModernNetworks.Discriminator(random));
        return new SampleGan(generator, discriminator, builder.WithGenerator(generator).WithDiscriminator(discriminator));
    }

    private static SampleGan Conditional(GanBuilder builder, torch.Generator random)
    {
        var (generator, discriminator) = (new DigitGenerator(random), new DigitDiscriminator(random));
        return new SampleGan(generator, discriminator, builder
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithClassLabels(ModernNetworks.Classes));
    }
}
