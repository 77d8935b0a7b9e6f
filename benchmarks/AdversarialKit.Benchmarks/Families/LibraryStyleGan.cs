namespace AdversarialKit.Benchmarks;

internal sealed class LibraryStyleGan : IFamilyLoop
{
    private readonly StyleGanNetworks _networks = new((channels, outChannels, kernelSize, demodulates) => GanLayer.ModulatedConv2d(channels, outChannels, kernelSize, demodulates));
    private readonly RealImages _images;
    private readonly Gan _gan;
    private StepResult _last;

    public LibraryStyleGan(Workload workload)
    {
        _images = new RealImages(workload);
        _gan = new GanBuilder()
            .WithGenerator(_networks.Generator)
            .WithDiscriminator(_networks.Discriminator)
            .WithLatent(Latent.Normal(2 * StyleGanNetworks.Latents))
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithPenalty(Penalty.R1(), StyleGanNetworks.WeightOfR1, StyleGanNetworks.IntervalOfR1)
            .WithGeneratorTerm("path-length", GeneratorTerm.PathLength(), StyleGanNetworks.WeightOfPathLength, StyleGanNetworks.IntervalOfPathLength)
            .WithGeneratorAverage(Ema.Decay(StyleGanNetworks.Decay))
            .WithOptimizers(Optimizers.Adam(2e-3, beta1: 0, beta2: 0.99))
            .WithSeed(FamilyLoop.Seed)
            .Build();
    }

    public IReadOnlyList<double> Numbers =>
    [
        _last.Discriminator.RealLoss, _last.Discriminator.FakeLoss, _last.Discriminator.Penalties.Values.FirstOrDefault(),
        _last.Generator.Loss, _last.Generator.Terms.Values.FirstOrDefault(), _last.Discriminator.Accuracy,
    ];

    public void Iterate()
    {
        using var scope = NewDisposeScope();
        _last = _gan.TrainStep(_images.Next());
    }

    public void Dispose()
    {
        _gan.Dispose();
        _images.Dispose();
        _networks.Dispose();
    }
}
