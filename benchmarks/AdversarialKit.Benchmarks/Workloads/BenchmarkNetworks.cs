using TorchSharp.Modules;

namespace AdversarialKit.Benchmarks;

/// <summary>The networks of a workload, with torch's default initialization.</summary>
internal static class BenchmarkNetworks
{
    /// <summary>Widths of the reference generator's linear layers.</summary>
    public static long[] GeneratorWidths { get; } = [Workload.LatentSize, 256, 512, 1024, 784];

    /// <summary>Widths of the reference discriminator's linear layers.</summary>
    public static long[] DiscriminatorWidths { get; } = [784, 512, 256, 1];

    private const double Slope = 0.2;
    private const double Momentum = 0.2;
    private const double Epsilon = 1e-3;

    public static Sequential Generator(Workload workload) =>
        workload.IsConvolutional ? ConvolutionalGenerator() : ReferenceGenerator();

    public static Sequential Discriminator(Workload workload) =>
        workload.IsConvolutional ? ConvolutionalDiscriminator() : ReferenceDiscriminator(workload.EndsInProbability);

    private static Sequential ReferenceGenerator()
    {
        var layers = new List<nn.Module<Tensor, Tensor>>();
        for (var i = 1; i < GeneratorWidths.Length - 1; i++)
        {
            layers.Add(nn.Linear(GeneratorWidths[i - 1], GeneratorWidths[i]));
            layers.Add(nn.LeakyReLU(Slope));
            layers.Add(nn.BatchNorm1d(GeneratorWidths[i], Epsilon, Momentum));
        }

        layers.Add(nn.Linear(GeneratorWidths[^2], GeneratorWidths[^1]));
        layers.Add(nn.Tanh());
        layers.Add(nn.Unflatten(1, [1, 28, 28]));
        return nn.Sequential(layers);
    }

    private static Sequential ReferenceDiscriminator(bool endsInProbability)
    {
        var layers = new List<nn.Module<Tensor, Tensor>>
        {
            nn.Flatten(),
            nn.Linear(784, 512),
            nn.LeakyReLU(Slope),
            nn.Linear(512, 256),
            nn.LeakyReLU(Slope),
            nn.Linear(256, 1),
        };
        if (endsInProbability)
        {
            layers.Add(nn.Sigmoid());
        }

        return nn.Sequential(layers);
    }

    private static Sequential ConvolutionalGenerator() => nn.Sequential(
        nn.Unflatten(1, [Workload.LatentSize, 1, 1]),
        nn.ConvTranspose2d(Workload.LatentSize, 128, 4, bias: false),
        nn.BatchNorm2d(128),
        nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 4, stride: 2, padding: 1, bias: false),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.ConvTranspose2d(64, 32, 4, stride: 2, padding: 1, bias: false),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.ConvTranspose2d(32, 3, 4, stride: 2, padding: 1),
        nn.Tanh());

    private static Sequential ConvolutionalDiscriminator() => nn.Sequential(
        nn.Conv2d(3, 32, 4, stride: 2, padding: 1),
        nn.LeakyReLU(Slope),
        nn.Conv2d(32, 64, 4, stride: 2, padding: 1, bias: false),
        nn.BatchNorm2d(64),
        nn.LeakyReLU(Slope),
        nn.Conv2d(64, 128, 4, stride: 2, padding: 1, bias: false),
        nn.BatchNorm2d(128),
        nn.LeakyReLU(Slope),
        nn.Conv2d(128, 1, 4),
        nn.Flatten());
}
