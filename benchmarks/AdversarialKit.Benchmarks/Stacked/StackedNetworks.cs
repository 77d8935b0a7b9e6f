using TorchSharp.Modules;

namespace AdversarialKit.Benchmarks;

/// <summary>A pair like the sample's modern one for three channels, without its hidden layers; nothing is normalised, and no convolution works at 28 x 28.</summary>
internal static class StackedNetworks
{
    public const long LatentSize = 64;

    private const double Slope = 0.2;
    private const long Coarse = 64;
    private const long Fine = 32;
    private const long Hidden = 128;

    // Four channels of 14 x 14 make one of 28 x 28, and back.
    private const long Folded = 4 * StackedDigits.Channels;

    /// <summary>Latents [N, 64] to images [N, 3, 28, 28] in [-1, 1].</summary>
    public static Sequential Generator(Generator random)
    {
        var network = nn.Sequential(
            nn.Linear(LatentSize, Coarse * 7 * 7),
            nn.Unflatten(1, [Coarse, 7, 7]),
            nn.LeakyReLU(Slope),
            nn.Conv2d(Coarse, 4 * Fine, 3, padding: 1),
            nn.PixelShuffle(2),
            nn.LeakyReLU(Slope),
            nn.Conv2d(Fine, Folded, 3, padding: 1),
            nn.PixelShuffle(2),
            nn.Tanh());
        Initialize.GlorotUniform(network, random);
        return network;
    }

    /// <summary>Images [N, 3, 28, 28] to logits [N, 1].</summary>
    public static Sequential Discriminator(Generator random)
    {
        var network = nn.Sequential(
            nn.PixelUnshuffle(2),
            nn.Conv2d(Folded, Fine, 3, padding: 1),
            nn.LeakyReLU(Slope),
            nn.Conv2d(Fine, Coarse, 4, stride: 2, padding: 1),
            nn.LeakyReLU(Slope),
            nn.Flatten(),
            nn.Linear(Coarse * 7 * 7, Hidden),
            nn.LeakyReLU(Slope),
            nn.Linear(Hidden, 1));
        Initialize.GlorotUniform(network, random);
        return network;
    }
}
