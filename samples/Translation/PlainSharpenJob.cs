using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>What <see cref="SharpenJob"/> is measured against: its network, by squared error alone. A system of one network and one step.</summary>
internal sealed class PlainSharpenJob : SharpenJob
{
    public override string Name => "squared-error";

    public override string Summary => "The network of 'sharpen' by squared error alone: what 'sharpen' is measured against.";

    public override Translator Build(Digits digits, long iterations, long seed)
    {
        random.manual_seed(seed);
        var network = Network();
        var system = new AdversarialSystemBuilder()
            .WithNetwork("network", network)
            .WithTensor("digits", 1, Digits.Side, Digits.Side)
            .WithStep("network", step => step
                .Trains(network)
                .WithOptimizer(Optimizers.Adam(LearningRate, beta1: 0.5)).WithLearningRate(Schedule.Cosine(iterations))
                .Minimizes(c => c.Add("squared error", SquaredError(c.Forward(network, Source(c["digits"])), c["digits"]))))
            .WithAverage(network, Ema.Decay(0.995))
            .WithSeed(seed)
            .Build();
        var batches = Batches.FromTensor(digits.Training, BatchSize, new TensorBatchOptions { Seed = seed });
        return new Translator(network, system, Batches.Together(("digits", batches)), system, batches, network);
    }
}
