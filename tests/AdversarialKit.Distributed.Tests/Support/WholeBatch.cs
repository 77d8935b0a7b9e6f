using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>A few iterations of a small GAN on scripted batches and latents: on one process, or parted among ranks.</summary>
/// <param name="Configure">What the case is about.</param>
internal sealed record WholeBatch(Func<GanBuilder, GanBuilder> Configure)
{
    public const int Samples = 8;
    public const int Iterations = 4;
    public const int Latents = 4;
    public const int Width = 6;
    public const int Classes = 3;

    /// <summary>Which networks are trained.</summary>
    public Func<BatchNetworks> Networks { get; init; } = () => BatchNetworks.Plain();

    /// <summary>Of a sample of these networks.</summary>
    public long[] SampleShape { get; init; } = [Width];

    /// <summary>Whether batches have class labels.</summary>
    public bool HasLabels { get; init; }

    /// <summary>Latents that the generator's step takes beside its own.</summary>
    public int FurtherLatents { get; init; }

    /// <summary>How many samples each rank takes; null for as many on each.</summary>
    public int[]? Parts { get; init; }

    /// <summary>What else is compared, when all is done.</summary>
    public Func<double>? Further { get; init; }

    /// <summary>The numbers of every iteration and the final weights and buffers of one process with the whole batch and of ranks with parts of it.</summary>
    /// <param name="make">Makes the case: each rank has its own losses and penalties.</param>
    /// <param name="ranks">How many ranks.</param>
    public static (List<double> Alone, List<double>[] Ranks) Compare(Func<WholeBatch> make, int ranks) =>
        (make().Train(null), ThreadRanks.Run(ranks, collective => make().Train(collective)));

    /// <summary>Trains one of them.</summary>
    public List<double> Train(ICollective? collective)
    {
        using var scope = NewDisposeScope();
        var (first, count) = PartOf(collective);
        var networks = Networks();
        var latent = new PartLatent(Latents, first);
        var builder = Configure(networks.GiveTo(new GanBuilder())
            .WithLatent(latent)
            .WithOptimizers(Optimizers.Sgd(0.1, momentum: 0.5))
            .WithGradientNorms()
            .WithSeed(5));
        using var gan = (collective is null ? builder : builder.WithCollective(collective)).Build();
        using var random = new Generator(3);
        var numbers = new List<double>();
        for (var i = 0; i < Iterations; i++)
        {
            numbers.AddRange(Iterate(gan, latent, random, first, count));
        }

        numbers.Add(gan.SamplesSeen);
        numbers.Add(Further?.Invoke() ?? 0);
        numbers.AddRange(networks.Numbers());
        using var latents = full(3, Latents, 0.5, dtype: ScalarType.Float64);
        var labels = HasLabels ? arange(3, dtype: ScalarType.Int64) : null;
        numbers.AddRange(gan.Generate(latents, labels).flatten().data<double>().ToArray());
        return numbers;
    }

    private (long First, long Count) PartOf(ICollective? collective)
    {
        var (rank, size) = (collective?.Rank ?? 0, collective?.Size ?? 1);
        return Parts is null || size == 1 ? (rank * Samples / size, Samples / size) : (Parts[..rank].Sum(), Parts[rank]);
    }

    private IEnumerable<double> Iterate(Gan gan, PartLatent latent, Generator random, long first, long count)
    {
        var batches = new Batch[gan.DiscriminatorSteps];
        for (var step = 0; step < batches.Length; step++)
        {
            var real = randn([Samples, .. SampleShape], dtype: ScalarType.Float64, generator: random).narrow(0, first, count).clone();
            batches[step] = new Batch(real, HasLabels ? randint(Classes, Samples, dtype: ScalarType.Int64, generator: random).narrow(0, first, count).clone() : null);
            latent.Enqueue(Draw(random));
        }

        for (var i = 0; i <= FurtherLatents; i++)
        {
            latent.Enqueue(Draw(random));
        }

        var result = gan.TrainStep(batches);
        var (discriminator, generator) = (result.Discriminator, result.Generator);

        // Accuracies are measured in single precision.
        return [discriminator.Loss, discriminator.Penalty, (float)discriminator.Accuracy, discriminator.GradientNorm, generator.Loss, generator.GradientNorm];
    }

    private static Tensor Draw(Generator random) => randn(Samples, Latents, dtype: ScalarType.Float64, generator: random);
}
