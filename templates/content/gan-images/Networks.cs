using AdversarialKit;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanImages;

/// <summary>
/// A small convolutional pair. Neither network holds a feature map of the full size: the last convolution makes four values for each point
/// of half the size, and <c>PixelShuffle</c> lays them out as one image.
/// </summary>
internal static class Networks
{
    public const long LatentSize = 32;

    private const long Hidden = 256;
    private const double Slope = 0.2;

    /// <summary>Latents [N, 32] to images [N, channels, size, size] in [-1, 1]. The size is a multiple of 4.</summary>
    public static Sequential Generator(int size, int channels) => nn.Sequential(
        GanLayer.EqualizedLinear(LatentSize, Hidden),
        nn.LeakyReLU(Slope),
        GanLayer.EqualizedLinear(Hidden, Hidden),
        nn.LeakyReLU(Slope),
        nn.Linear(Hidden, 64 * (size / 4) * (size / 4)),
        nn.Unflatten(1, [64, size / 4, size / 4]),
        nn.LeakyReLU(Slope),
        nn.Conv2d(64, 4 * 32, 3, padding: 1),
        nn.PixelShuffle(2),
        nn.LeakyReLU(Slope),
        nn.Conv2d(32, 4 * channels, 3, padding: 1),
        nn.PixelShuffle(2),
        nn.Tanh());

    /// <summary>Images [N, channels, size, size] to logits [N, 1].</summary>
    public static Sequential Discriminator(int size, int channels) => nn.Sequential(
        nn.PixelUnshuffle(2),
        nn.Conv2d(4 * channels, 32, 3, padding: 1),
        nn.LeakyReLU(Slope),
        nn.Conv2d(32, 64, 4, stride: 2, padding: 1),
        nn.LeakyReLU(Slope),
        nn.Flatten(),
        nn.Linear(64 * (size / 4) * (size / 4), Hidden),
        nn.LeakyReLU(Slope),
        nn.Linear(Hidden, 1));
}
