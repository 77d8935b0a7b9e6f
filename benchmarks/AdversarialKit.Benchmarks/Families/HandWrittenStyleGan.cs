using TorchSharp.Modules;

namespace AdversarialKit.Benchmarks;

/// <summary>R1 every 16th step, path length every 4th on half a batch, the averaged generator, and grouped convolutions.</summary>
internal sealed class HandWrittenStyleGan : IFamilyLoop
{
    private readonly StyleGanNetworks _networks = new((channels, outChannels, kernelSize, demodulates) => new GroupedConvolution(channels, outChannels, kernelSize, demodulates));
    private readonly RealImages _images;
    private readonly Generator _random = new(FamilyLoop.Seed);
    private readonly optim.Optimizer _ofGenerator;
    private readonly optim.Optimizer _ofDiscriminator;
    private readonly (Parameter Live, Tensor Average)[] _averages;
    private readonly long _batch;
    private double _meanLength;
    private long _iteration;

    public HandWrittenStyleGan(Workload workload)
    {
        _batch = workload.Batch;
        _images = new RealImages(workload);
        _ofGenerator = optim.Adam(_networks.Generator.parameters().ToArray(), 2e-3, 0, 0.99);
        _ofDiscriminator = optim.Adam(_networks.Discriminator.parameters().ToArray(), 2e-3, 0, 0.99);
        _averages = [.. _networks.Generator.parameters().Select(live => (live, live.detach().clone()))];
    }

    public IReadOnlyList<double> Numbers { get; private set; } = [];

    public void Iterate()
    {
        using var scope = NewDisposeScope();
        var (realLoss, fakeLoss, r1, accuracy) = TrainDiscriminator(_images.Next());
        var (loss, length) = TrainGenerator();
        using (no_grad())
        {
            foreach (var (live, average) in _averages)
            {
                average.lerp_(live, 1 - StyleGanNetworks.Decay);
            }
        }

        _iteration++;
        Numbers = [realLoss, fakeLoss, r1, loss, length, accuracy];
    }

    public void Dispose()
    {
        Array.ForEach(_averages, pair => pair.Average.Dispose());
        _ofGenerator.Dispose();
        _ofDiscriminator.Dispose();
        _random.Dispose();
        _images.Dispose();
        _networks.Dispose();
    }

    private (double Real, double Fake, double R1, double Accuracy) TrainDiscriminator(Tensor real)
    {
        var due = _iteration % StyleGanNetworks.IntervalOfR1 == 0;
        Tensor fakes;
        using (no_grad())
        {
            fakes = _networks.Generator.call(Noise(_batch));
        }

        _ofDiscriminator.zero_grad();
        real = due ? real.detach().requires_grad_(true) : real;
        var onReal = _networks.Discriminator.call(real);
        var onFake = _networks.Discriminator.call(fakes);
        var realLoss = nn.functional.softplus(-onReal).mean();
        var fakeLoss = nn.functional.softplus(onFake).mean();
        var r1 = due
            ? autograd.grad([onReal.sum()], [real], create_graph: true, retain_graph: true)[0].flatten(1).pow(2).sum(1).mean() / 2
            : null;
        var loss = realLoss + fakeLoss;
        (r1 is null ? loss : loss + r1 * (StyleGanNetworks.WeightOfR1 * StyleGanNetworks.IntervalOfR1)).backward();
        _ofDiscriminator.step();
        var accuracy = (ShareAbove(onReal) + 1 - ShareAbove(onFake)) / 2;
        return (realLoss.item<float>(), fakeLoss.item<float>(), r1?.item<float>() ?? 0, accuracy);
    }

    private (double Loss, double Length) TrainGenerator()
    {
        _ofGenerator.zero_grad();
        var loss = nn.functional.softplus(-_networks.Discriminator.call(_networks.Generator.call(Noise(_batch)))).mean();
        var length = _iteration % StyleGanNetworks.IntervalOfPathLength == 0 ? PathLength() : null;
        loss = length is null ? loss : loss + length * (StyleGanNetworks.WeightOfPathLength * StyleGanNetworks.IntervalOfPathLength);
        loss.backward();
        _ofGenerator.step();
        return (loss.item<float>(), length?.item<float>() ?? 0);
    }

    private Tensor PathLength()
    {
        var styles = _networks.Generator.Map(Noise(_batch / 2), null);
        var samples = _networks.Generator.Synthesize(styles, null);
        var noise = randn(samples.shape, generator: _random) / Math.Sqrt(samples.shape[2] * samples.shape[3]);
        var gradient = autograd.grad([(samples * noise).sum()], [styles], create_graph: true, retain_graph: true)[0];
        var lengths = gradient.pow(2).sum(2).mean([1]).sqrt();
        var mean = _meanLength + (lengths.mean() - _meanLength) * 0.01;
        _meanLength = mean.item<float>();
        return (lengths - mean).pow(2).mean();
    }

    private Tensor Noise(long count) => randn(count, 2 * StyleGanNetworks.Latents, generator: _random);

    private static double ShareAbove(Tensor logits) => (logits > 0).to(ScalarType.Float32).mean().item<float>();
}
