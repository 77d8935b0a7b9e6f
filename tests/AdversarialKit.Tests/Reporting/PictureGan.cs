using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Reporting;

/// <summary>GANs whose samples a report can show: small images, and points of the plane.</summary>
internal static class PictureGan
{
    public static Sequential ImageGenerator(int channels = 1) => nn.Sequential(
        ("out", nn.Linear(4, channels * 36)),
        ("tanh", nn.Tanh()),
        ("shape", nn.Unflatten(1, [channels, 6, 6])));

    public static Sequential ImageDiscriminator(int channels = 1) => nn.Sequential(
        ("flat", nn.Flatten()),
        ("out", nn.Linear(channels * 36, 1)));

    public static Tensor RealImages(int channels = 1)
    {
        using var random = new Generator(11);
        return randn(8, channels, 6, 6, generator: random);
    }

    public static Sequential PointGenerator() => nn.Sequential(("out", nn.Linear(4, 2)));

    public static Sequential PointDiscriminator() => nn.Sequential(("out", nn.Linear(2, 1)));

    public static Gan Build(nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator) =>
        Toy.Builder(generator, discriminator).Build();
}
