using TorchSharp.Modules;

namespace AdversarialKit.Benchmarks;

/// <summary>The library's iteration with a clock at everything that it calls.</summary>
internal sealed class ProfiledLoop : ITrainingLoop
{
    private readonly Timeline _timeline;
    private readonly Sequential _generator;
    private readonly Sequential _discriminator;
    private readonly RealImages _images;
    private readonly Gan _gan;

    public ProfiledLoop(Workload workload, Timeline timeline)
    {
        _timeline = timeline;
        _generator = BenchmarkNetworks.Generator(workload);
        _discriminator = BenchmarkNetworks.Discriminator(workload);
        _images = new RealImages(workload);
        var loss = workload.EndsInProbability ? AdversarialLoss.BinaryCrossEntropyOnProbabilities() : AdversarialLoss.NonSaturating();
        _gan = LibraryLoop.Configure(new GanBuilder(), workload)
            .WithGenerator(new TimedModule(_generator, timeline, () => is_grad_enabled() ? Phase.GeneratorForward : Phase.Fakes))
            .WithDiscriminator(new TimedModule(_discriminator, timeline, () => Phase.DiscriminatorForward))
            .WithLatent(new TimedLatent(Latent.Normal(Workload.LatentSize), timeline))
            .WithLoss(new TimedLoss(loss, timeline))
            .WithOptimizers(TimedOptimizer.Around(Optimizers.Adam(2e-4, beta1: 0.5), timeline))
            .WithSeed(1)
            .Build();
    }

    public void Iterate()
    {
        _timeline.Mark(Phase.Rest);
        using var real = _images.Next();
        _timeline.Mark(Phase.Data);
        _gan.TrainStep(real);
        _timeline.Mark(Phase.Rest);
    }

    public void Dispose()
    {
        _gan.Dispose();
        _images.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }
}
