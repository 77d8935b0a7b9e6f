using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>Pix2pix: each digit is the right answer to a source that is made of it.</summary>
internal abstract class PairedJob : Job
{
    protected const int BatchSize = 32;
    protected const double LearningRate = 4e-4;

    private const int Shown = 12;

    /// <summary>Makes the source of a digit.</summary>
    protected abstract Tensor Source(Tensor digits);

    /// <summary>What is beside the discriminator's word.</summary>
    protected abstract GanBuilder WithTerms(GanBuilder builder, Digits digits, long seed);

    public override Translator Build(Digits digits, long iterations, long seed)
    {
        random.manual_seed(seed);
        var (generator, discriminator) = (Network(), Networks.PairDiscriminator());
        var sources = Source(digits.Training);
        var gan = WithTerms(new GanBuilder(), digits, seed)
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithoutLatent()
            .WithCondition(1, Digits.Side, Digits.Side)
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(Optimizers.Adam(LearningRate, beta1: 0.5))
            .WithLearningRates(Schedule.Constant(), Schedule.Cosine(iterations))
            .WithGeneratorAverage(Ema.Decay(0.995))
            .WithSeed(seed)
            .Build();
        var batches = Batches.FromTensor(digits.Training, BatchSize, new TensorBatchOptions { Labels = sources, Seed = seed });
        return new Translator(generator, gan.System, batches, gan, batches, generator, discriminator, sources);
    }

    public override (Tensor Sources, Tensor Labels) HeldOut(Digits digits) => (Source(digits.HeldOut), digits.HeldOutLabels.alias());

    public override (IReadOnlyList<string> Labels, Func<Tensor> Draw) Sheet(Digits digits, Translator translator) =>
        (["source", "ours", "truth"], () => Rows(digits.HeldOut, translator.Network));

    private Tensor Rows(Tensor heldOut, nn.Module<Tensor, Tensor> network)
    {
        using var scope = NewDisposeScope();
        var truth = heldOut.narrow(0, 0, Shown);
        var sources = Source(truth);
        return cat([sources, network.call(sources), truth]).MoveToOuterDisposeScope();
    }
}
