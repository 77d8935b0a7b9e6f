namespace AdversarialKit.Benchmarks;

/// <summary>A small GAN with the layers, penalty, optimizer and average that most people use.</summary>
internal sealed class GanLoop : IDisturbedLoop
{
    private const long Batch = 16;

    private readonly nn.Module<Tensor, Tensor> _generator;
    private readonly nn.Module<Tensor, Tensor> _discriminator;
    private readonly Gan _gan;
    private readonly Tensor _real;

    private GanLoop(nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator, ILatent latent, params long[] shape)
    {
        (_generator, _discriminator) = (generator, discriminator);
        _real = rand([4 * Batch, .. shape], generator: new Generator(2)).mul(2).sub(1);
        _gan = new GanBuilder()
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithLatent(latent)
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithPenalty(Penalty.R1(), weight: 0.1)
            .WithOptimizers(Optimizers.Adam(1e-3, beta1: 0))
            .WithGeneratorAverage(Ema.Decay(0.99))
            .WithSeed(42)
            .Build();
    }

    public static GanLoop Dense() => new(
        nn.Sequential(nn.Linear(8, 32), nn.BatchNorm1d(32), nn.LeakyReLU(0.2), nn.Linear(32, 32), nn.BatchNorm1d(32), nn.LeakyReLU(0.2), nn.Linear(32, 2)),
        nn.Sequential(nn.Linear(2, 32), nn.LeakyReLU(0.2), nn.Linear(32, 32), nn.LeakyReLU(0.2), nn.Linear(32, 1)),
        Latent.Normal(8),
        2);

    public static GanLoop Convolutional() => new(
        nn.Sequential(
            nn.Linear(8, 8 * 16), nn.Unflatten(1, [8, 4, 4]), nn.BatchNorm2d(8), nn.LeakyReLU(0.2),
            nn.ConvTranspose2d(8, 1, 4, stride: 2, padding: 1), nn.Tanh()),
        nn.Sequential(
            nn.Conv2d(1, 8, 4, stride: 2, padding: 1), nn.LeakyReLU(0.2), nn.Dropout2d(0.1), nn.Flatten(), nn.Linear(8 * 16, 1)),
        Latent.Normal(8),
        1, 8, 8);

    public void Iterate()
    {
        using var scope = NewDisposeScope();
        _gan.TrainStep(_real.narrow(0, Batch * (_gan.Iteration % 4), Batch));
    }

    public string Digest() => TensorBytes.Digest(
        [.. Named("generator", _generator), .. Named("discriminator", _discriminator), ("samples", _gan.Sample(8))]);

    public void Dispose()
    {
        _gan.Dispose();
        _real.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }

    private static IEnumerable<(string, Tensor)> Named(string role, nn.Module module) =>
        module.state_dict().Select(entry => ($"{role}.{entry.Key}", entry.Value));
}
