using AdversarialKit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>The two networks of Keras-GAN's <c>gan.py</c>, layer by layer.</summary>
internal static class Networks
{
    public const long LatentSize = 100;

    // Keras's LeakyReLU(alpha), BatchNormalization(momentum = 0.8) in torch's terms, and its default epsilon.
    private const double Slope = 0.2, Momentum = 0.2, Epsilon = 1e-3;

    /// <summary>Latents [N, 100] to images [N, 1, 28, 28] in [-1, 1]; 1,493,520 numbers.</summary>
    public static Sequential Generator(torch.Generator random)
    {
        var generator = nn.Sequential(
            nn.Linear(LatentSize, 256), nn.LeakyReLU(Slope), nn.BatchNorm1d(256, Epsilon, Momentum),
            nn.Linear(256, 512), nn.LeakyReLU(Slope), nn.BatchNorm1d(512, Epsilon, Momentum),
            nn.Linear(512, 1024), nn.LeakyReLU(Slope), nn.BatchNorm1d(1024, Epsilon, Momentum),
            nn.Linear(1024, 784), nn.Tanh(), nn.Unflatten(1, [1, 28, 28]));
        Initialize.GlorotUniform(generator, random);
        return generator;
    }

    /// <summary>Images [N, 1, 28, 28] to the probability [N, 1] that they are real; 533,505 numbers.</summary>
    public static Sequential Discriminator(torch.Generator random)
    {
        var discriminator = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 512), nn.LeakyReLU(Slope),
            nn.Linear(512, 256), nn.LeakyReLU(Slope),
            nn.Linear(256, 1), nn.Sigmoid());
        Initialize.GlorotUniform(discriminator, random);
        return discriminator;
    }
}
