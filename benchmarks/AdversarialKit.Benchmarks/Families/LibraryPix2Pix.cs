namespace AdversarialKit.Benchmarks;

internal sealed class LibraryPix2Pix : IFamilyLoop
{
    private readonly Pix2PixNetworks _networks = new();
    private readonly RealImages _images;
    private readonly Gan _gan;
    private StepResult _last;

    public LibraryPix2Pix(Workload workload)
    {
        _images = new RealImages(workload);
        _gan = new GanBuilder()
            .WithGenerator(_networks.Generator)
            .WithDiscriminator(_networks.Discriminator)
            .WithoutLatent()
            .WithCondition(workload.SampleShape)
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithGeneratorTerm("l1", GeneratorTerm.L1(), Pix2PixNetworks.WeightOfL1)
            .WithFakes(FakeMode.Shared)
            .WithOptimizers(Optimizers.Adam(2e-4, beta1: 0.5))
            .WithSeed(FamilyLoop.Seed)
            .Build();
    }

    public IReadOnlyList<double> Numbers =>
        [_last.Discriminator.RealLoss, _last.Discriminator.FakeLoss, _last.Generator.Terms["l1"], _last.Generator.Loss, _last.Discriminator.Accuracy];

    public void Iterate()
    {
        using var scope = NewDisposeScope();
        var source = _images.Next();
        _last = _gan.TrainStep(new Batch(_images.Next(), source));
    }

    public void Dispose()
    {
        _gan.Dispose();
        _images.Dispose();
        _networks.Dispose();
    }
}
