namespace AdversarialKit.Benchmarks;

/// <summary>A small convolutional pair for images of 64 x 64.</summary>
internal static class PictureNetworks
{
    public const int Side = 64;
    private const int Latents = 64;
    private const int Width = 16;

    /// <summary>Trains a new pair.</summary>
    public static void Fit(IBatchSource batches, int iterations)
    {
        using var owned = batches as IDisposable;
        using var generator = Generator();
        using var discriminator = Discriminator();
        using var gan = new GanBuilder()
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithLatent(Latent.Normal(Latents))
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(Optimizers.Adam(2e-4, beta1: 0.5))
            .WithSeed(1)
            .Build();
        gan.Fit(batches, new FitOptions { Iterations = iterations, Doctor = false });
    }

    private static nn.Module<Tensor, Tensor> Generator() => nn.Sequential(
        nn.Unflatten(1, [Latents, 1, 1]),
        nn.ConvTranspose2d(Latents, 8 * Width, 4),
        nn.ReLU(),
        nn.ConvTranspose2d(8 * Width, 4 * Width, 4, stride: 2, padding: 1),
        nn.ReLU(),
        nn.ConvTranspose2d(4 * Width, 2 * Width, 4, stride: 2, padding: 1),
        nn.ReLU(),
        nn.ConvTranspose2d(2 * Width, Width, 4, stride: 2, padding: 1),
        nn.ReLU(),
        nn.ConvTranspose2d(Width, 3, 4, stride: 2, padding: 1),
        nn.Tanh());

    private static nn.Module<Tensor, Tensor> Discriminator() => nn.Sequential(
        nn.Conv2d(3, Width, 4, stride: 2, padding: 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(Width, 2 * Width, 4, stride: 2, padding: 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(2 * Width, 4 * Width, 4, stride: 2, padding: 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(4 * Width, 8 * Width, 4, stride: 2, padding: 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(8 * Width, 1, 4),
        nn.Flatten());
}
