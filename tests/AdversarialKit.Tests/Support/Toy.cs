using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Support;

/// <summary>Small networks for tests: latents of 4 to samples of 6 to one logit.</summary>
internal static class Toy
{
    public static Sequential Generator() => nn.Sequential(
        ("hidden", nn.Linear(4, 8)),
        ("norm", nn.BatchNorm1d(8)),
        ("relu", nn.LeakyReLU(0.2)),
        ("out", nn.Linear(8, 6)));

    public static Sequential Discriminator() => nn.Sequential(
        ("hidden", nn.Linear(6, 8)),
        ("relu", nn.LeakyReLU(0.2)),
        ("out", nn.Linear(8, 1)));

    public static Sequential DiscriminatorWithBatchNorm() => nn.Sequential(
        ("hidden", nn.Linear(6, 8)),
        ("norm", nn.BatchNorm1d(8)),
        ("relu", nn.LeakyReLU(0.2)),
        ("out", nn.Linear(8, 1)));

    public static Sequential DiscriminatorWithMovingBuffer() => nn.Sequential(
        ("hidden", nn.Linear(6, 8)),
        ("moving", new MovingBufferLayer()),
        ("relu", nn.LeakyReLU(0.2)),
        ("out", nn.Linear(8, 1)));

    public static Sequential DiscriminatorWithFieldlessBuffer() => nn.Sequential(
        ("hidden", nn.Linear(6, 8)),
        ("moving", new FieldlessBufferLayer()),
        ("relu", nn.LeakyReLU(0.2)),
        ("out", nn.Linear(8, 1)));

    public static GanBuilder Builder(nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator) => new GanBuilder()
        .WithGenerator(generator)
        .WithDiscriminator(discriminator)
        .WithLatent(Latent.Normal(4))
        .WithLoss(AdversarialLoss.NonSaturating())
        .WithOptimizers(p => optim.Adam(p, 1e-2))
        .WithSeed(7);

    public static Tensor Real(long count = 16)
    {
        using var random = new Generator(11);
        return randn(count, 6, generator: random);
    }
}
