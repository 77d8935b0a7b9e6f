namespace AdversarialKit.Benchmarks;

/// <summary>Networks and GAN of one contender; owns them. But for loss and penalties all are alike, initial weights included.</summary>
internal sealed class StackedGan : IDisposable
{
    private const double Gamma = 2;
    private const int PenaltyInterval = 4;
    private const double LearningRate = 1e-3;
    private const double HalfLife = 10_000;
    private const double FinalRate = 0.1;

    private readonly nn.Module<Tensor, Tensor> _generator;
    private readonly nn.Module<Tensor, Tensor> _discriminator;

    public StackedGan(StackedLoss loss, StackedOptions options)
    {
        using var random = new Generator(unchecked((ulong)options.Seed));
        (_generator, _discriminator) = (StackedNetworks.Generator(random), StackedNetworks.Discriminator(random));
        Gan = new GanBuilder()
            .WithGenerator(_generator)
            .WithDiscriminator(_discriminator)
            .WithLatent(Latent.Normal(StackedNetworks.LatentSize))
            .WithPreset(Objective(loss))
            .WithLearningRates(Schedule.Cosine(options.Iterations, FinalRate), Schedule.Cosine(options.Iterations, FinalRate))
            .WithSeed(options.Seed)
            .Build();
    }

    public Gan Gan { get; }

    public void Dispose()
    {
        Gan.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }

    private static Action<GanBuilder> Objective(StackedLoss loss) => loss switch
    {
        StackedLoss.RpGan => Preset.R3Gan(Gamma, PenaltyInterval, LearningRate, HalfLife),
        _ => builder => builder
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(Optimizers.Adam(LearningRate, beta1: 0, beta2: 0.99))
            .WithGeneratorAverage(Ema.HalfLife(HalfLife)),
    };
}
