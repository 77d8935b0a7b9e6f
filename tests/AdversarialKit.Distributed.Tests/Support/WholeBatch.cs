using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>A few iterations of a small GAN on scripted batches and latents: on one process, or parted among ranks.</summary>
internal sealed class WholeBatch
{
    public const int Samples = 8;
    public const int Iterations = 4;
    private const int Latents = 4;
    private const int Width = 6;

    /// <summary>The numbers of every iteration and the final weights and buffers of one process with the whole batch and of ranks with parts of it.</summary>
    /// <param name="configure">What the case is about.</param>
    /// <param name="ranks">How many ranks.</param>
    /// <param name="withNorm">Whether both networks have batch normalization.</param>
    public static (List<double> Alone, List<double>[] Ranks) Compare(Func<GanBuilder, GanBuilder> configure, int ranks, bool withNorm = false) =>
        (Train(configure, null, withNorm), ThreadRanks.Run(ranks, collective => Train(configure, collective, withNorm)));

    /// <summary>Trains one of them.</summary>
    public static List<double> Train(Func<GanBuilder, GanBuilder> configure, ICollective? collective, bool withNorm = false)
    {
        using var scope = NewDisposeScope();
        var (rank, size) = (collective?.Rank ?? 0, collective?.Size ?? 1);
        var (generator, discriminator) = (Network(1, Latents, Width, withNorm), Network(2, Width, 1, withNorm));
        var latent = new PartLatent(Latents, rank);
        var builder = configure(new GanBuilder()
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithLatent(latent)
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(Optimizers.Sgd(0.1, momentum: 0.5))
            .WithGradientNorms()
            .WithSeed(5));
        using var gan = (collective is null ? builder : builder.WithCollective(collective)).Build();
        using var random = new Generator(3);
        var numbers = new List<double>();
        for (var i = 0; i < Iterations; i++)
        {
            var batches = new Batch[gan.DiscriminatorSteps];
            for (var step = 0; step < batches.Length; step++)
            {
                batches[step] = randn(Samples, Width, dtype: ScalarType.Float64, generator: random).narrow(0, rank * Samples / size, Samples / size).clone();
                latent.Enqueue(randn(Samples, Latents, dtype: ScalarType.Float64, generator: random));
            }

            latent.Enqueue(randn(Samples, Latents, dtype: ScalarType.Float64, generator: random));
            var result = gan.TrainStep(batches);
            numbers.AddRange([result.Discriminator.Loss, result.Discriminator.Penalty, result.Discriminator.Accuracy, result.Discriminator.GradientNorm, result.Generator.Loss, result.Generator.GradientNorm]);
        }

        numbers.Add(gan.SamplesSeen);
        foreach (var tensor in generator.state_dict().Values.Concat(discriminator.state_dict().Values))
        {
            numbers.AddRange(tensor.detach().to(ScalarType.Float64).flatten().data<double>().ToArray());
        }

        using var latents = full(3, Latents, 0.5, dtype: ScalarType.Float64);
        numbers.AddRange(gan.Generate(latents).flatten().data<double>().ToArray());
        return numbers;
    }

    private static Sequential Network(long seed, long inputs, long outputs, bool withNorm)
    {
        var layers = new List<nn.Module<Tensor, Tensor>> { nn.Linear(inputs, 8, hasBias: !withNorm) };
        if (withNorm)
        {
            layers.Add(nn.BatchNorm1d(8));
        }

        layers.AddRange([nn.LeakyReLU(0.2), nn.Linear(8, outputs)]);
        var network = nn.Sequential(layers);
        network.to(ScalarType.Float64);
        using var random = new Generator((ulong)seed);
        using (no_grad())
        {
            foreach (var parameter in network.parameters())
            {
                parameter.normal_(0.1, 0.4, random);
            }
        }

        GanLayer.SynchronizeBatchNorm(network).Should().Be(withNorm ? 1 : 0);
        return network;
    }
}
