namespace AdversarialKit.Benchmarks;

/// <summary>One pass of the generator for both updates, as pix2pix's own code has it.</summary>
internal sealed class HandWrittenPix2Pix : IFamilyLoop
{
    private readonly Pix2PixNetworks _networks = new();
    private readonly RealImages _images;
    private readonly optim.Optimizer _ofGenerator;
    private readonly optim.Optimizer _ofDiscriminator;

    public HandWrittenPix2Pix(Workload workload)
    {
        _images = new RealImages(workload);
        _ofGenerator = optim.Adam(_networks.Generator.parameters().ToArray(), 2e-4, 0.5, 0.999);
        _ofDiscriminator = optim.Adam(_networks.Discriminator.parameters().ToArray(), 2e-4, 0.5, 0.999);
    }

    public IReadOnlyList<double> Numbers { get; private set; } = [];

    public void Iterate()
    {
        using var scope = NewDisposeScope();
        var source = _images.Next();
        var target = _images.Next();
        var fake = _networks.Generator.call(source);

        _ofDiscriminator.zero_grad();
        var onReal = _networks.Discriminator.call(target, source);
        var onFake = _networks.Discriminator.call(fake.detach(), source);
        var realLoss = nn.functional.softplus(-onReal).mean();
        var fakeLoss = nn.functional.softplus(onFake).mean();
        (realLoss + fakeLoss).backward();
        _ofDiscriminator.step();

        _ofGenerator.zero_grad();
        var l1 = (fake - target).abs().mean();
        var loss = nn.functional.softplus(-_networks.Discriminator.call(fake, source)).mean() + l1 * Pix2PixNetworks.WeightOfL1;
        loss.backward();
        _ofGenerator.step();

        var accuracy = (ShareAbove(onReal) + 1 - ShareAbove(onFake)) / 2;
        Numbers = [realLoss.item<float>(), fakeLoss.item<float>(), l1.item<float>(), loss.item<float>(), accuracy];
    }

    public void Dispose()
    {
        _ofGenerator.Dispose();
        _ofDiscriminator.Dispose();
        _images.Dispose();
        _networks.Dispose();
    }

    private static double ShareAbove(Tensor logits) => (logits > 0).to(ScalarType.Float32).mean().item<float>();
}
