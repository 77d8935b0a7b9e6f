using AdversarialKit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>
/// A small convolutional pair without normalisation. Neither network holds a feature map of 28 x 28: the last convolution
/// makes four channels of 14 x 14, and <c>PixelShuffle</c> lays them out as one image, which is what a processor does fast.
/// </summary>
internal static class ModernNetworks
{
    public const long LatentSize = 16;
    public const int Classes = 10;
    public const long FeatureCount = 256;
    private const long HiddenSize = 256;
    private const double Slope = 0.2;

    /// <summary>Latents [N, 16] to images [N, 1, 28, 28] in [-1, 1].</summary>
    public static Sequential Generator(torch.Generator random) => Images(LatentSize, random);

    /// <summary>Images [N, 1, 28, 28] to logits [N, 1].</summary>
    public static Sequential Discriminator(torch.Generator random)
    {
        var discriminator = nn.Sequential(Features(random), nn.Linear(FeatureCount, 1));
        Initialize.GlorotUniform(discriminator, random);
        return discriminator;
    }

    /// <summary>Inputs [N, <paramref name="inputs"/>] to images [N, 1, 28, 28] in [-1, 1].</summary>
    public static Sequential Images(long inputs, torch.Generator random)
    {
        var network = nn.Sequential(
            GanLayer.EqualizedLinear(inputs, HiddenSize), nn.LeakyReLU(Slope),
            GanLayer.EqualizedLinear(HiddenSize, HiddenSize), nn.LeakyReLU(Slope),
            nn.Linear(HiddenSize, 64 * 7 * 7), nn.Unflatten(1, [64, 7, 7]), nn.LeakyReLU(Slope),
            nn.Conv2d(64, 4 * 32, 3, padding: 1), nn.PixelShuffle(2), nn.LeakyReLU(Slope),
            nn.Conv2d(32, 4, 3, padding: 1), nn.PixelShuffle(2), nn.Tanh());
        Initialize.GlorotUniform(network, random);
        return network;
    }

    /// <summary>Images [N, 1, 28, 28] to features [N, 256].</summary>
    public static Sequential Features(torch.Generator random)
    {
        var last = nn.Linear(FeatureCount, FeatureCount);
        var branch = nn.Sequential(nn.LeakyReLU(Slope), nn.Linear(FeatureCount, FeatureCount), nn.LeakyReLU(Slope), last);
        var network = nn.Sequential(
            nn.PixelUnshuffle(2), nn.Conv2d(4, 32, 3, padding: 1), nn.LeakyReLU(Slope),
            nn.Conv2d(32, 64, 4, stride: 2, padding: 1), nn.LeakyReLU(Slope),
            nn.Flatten(), nn.Linear(64 * 7 * 7, FeatureCount), GanLayer.Residual(branch), nn.LeakyReLU(Slope));
        Initialize.GlorotUniform(network, random);
        using (no_grad())
        {
            last.weight!.zero_();
        }

        return network;
    }
}
