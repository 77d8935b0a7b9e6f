using System.Diagnostics;
using AdversarialKit;
using TorchSharp;

namespace RingOfGaussians;

/// <summary>Trains one objective on the ring and judges what it learned.</summary>
internal static class Experiment
{
    public const long Judged = 4096;

    private const long BatchSize = 256;

    public static Outcome Run(Objective objective, int iterations, long seed)
    {
        torch.manual_seed(seed);
        using var generator = Objective.Generator();
        using var discriminator = objective.Discriminator();
        using var gan = new GanBuilder()
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithLatent(Latent.Normal(16))
            .WithGeneratorAverage(Ema.Decay(0.99))
            .WithLearningRates(Schedule.Cosine(iterations), Schedule.Cosine(iterations))
            .WithPreset(objective.Configure)
            .WithSeed(seed)
            .Build();
        using var random = new torch.Generator(unchecked((ulong)seed));
        var clock = Stopwatch.StartNew();
        while (gan.Iteration < iterations)
        {
            using var scope = torch.NewDisposeScope();
            gan.TrainStep(Enumerable.Range(0, gan.DiscriminatorSteps).Select(_ => new Batch(Ring.Sample(BatchSize, random))).ToArray());
        }

        using var points = gan.Sample(Judged);
        var (covered, good) = Ring.Judge(points);
        return new Outcome(objective.Name, covered, good, clock.Elapsed, points.data<float>().ToArray());
    }
}
