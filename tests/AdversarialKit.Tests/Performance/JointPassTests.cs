using AdversarialKit.Tests.Support;
using FluentAssertions.Execution;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Performance;

/// <summary>A joint update sends real samples and fakes through the discriminator at once, where no layer could tell.</summary>
public sealed class JointPassTests
{
    [Fact]
    public void TrainStep_JointUpdateOfKnownLayers_CallsTheDiscriminatorOnceForBoth()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        var batches = BatchesThrough(discriminator);
        using var real = Toy.Real();

        gan.TrainStep(real);

        batches.Should().Equal(32, 16);
    }

    [Fact]
    public void TrainStep_LayersOfOurOwnThatTreatSamplesAlone_CallsTheDiscriminatorOnceForBoth()
    {
        using var generator = Toy.Generator();
        using var discriminator = nn.Sequential(
            GanLayer.Residual(GanLayer.EqualizedLinear(6, 6)), nn.Unflatten(1, [1, 2, 3]), nn.PixelUnshuffle(1), nn.Flatten(), Toy.Discriminator());
        using var gan = Toy.Builder(generator, discriminator).Build();
        var batches = BatchesThrough(discriminator);
        using var real = Toy.Real();

        gan.TrainStep(real);

        batches.Should().Equal(32, 16);
    }

    [Fact]
    public void TrainStep_OneLayerThatIsNotKnown_CallsTheDiscriminatorForEach()
    {
        using var generator = Toy.Generator();
        using var discriminator = nn.Sequential(Toy.Discriminator(), nn.Dropout(0));
        using var gan = Toy.Builder(generator, discriminator).Build();
        var batches = BatchesThrough(discriminator);
        using var real = Toy.Real();

        gan.TrainStep(real);

        batches.Should().Equal(16, 16, 16);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void TrainStep_AtOnceOrOneAfterTheOther_AgreesWithinRounding(Action<GanBuilder> objective)
    {
        var (together, weights) = Train(objective);
        var (apart, sameWeights) = Train(objective, nn.Dropout(0));

        using var scope = new AssertionScope();
        together.Discriminator.Loss.Should().BeApproximately(apart.Discriminator.Loss, 1e-12);
        together.Discriminator.Penalty.Should().BeApproximately(apart.Discriminator.Penalty, 1e-12);
        together.Generator.Loss.Should().BeApproximately(apart.Generator.Loss, 1e-12);
        weights.Should().Equal(sameWeights, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    public static TheoryData<Action<GanBuilder>> Objectives() =>
    [
        builder => builder.WithLoss(AdversarialLoss.NonSaturating()),
        builder => builder.WithLoss(AdversarialLoss.NonSaturating()).WithGradientAccumulation(3),
        builder => builder.WithLoss(AdversarialLoss.Wasserstein()).WithPenalty(Penalty.WganGp(), 10),
        builder => builder.WithLoss(AdversarialLoss.RelativisticPaired()).WithPenalty(Penalty.R1(), 2).WithPenalty(Penalty.R2(), 2),
    ];

    private static List<long> BatchesThrough(Sequential network)
    {
        var batches = new List<long>();
        network.register_forward_hook((_, input, output) =>
        {
            batches.Add(input.shape[0]);
            return output;
        });
        return batches;
    }

    private static (StepResult Last, double[] Weights) Train(Action<GanBuilder> objective, params nn.Module<Tensor, Tensor>[] more)
    {
        manual_seed(3);
        using var generator = Toy.Generator().to(ScalarType.Float64);
        using var discriminator = nn.Sequential([Toy.Discriminator(), .. more]).to(ScalarType.Float64);
        using var gan = Toy.Builder(generator, discriminator).WithPreset(objective).Build();
        using var real = Toy.Real().to(ScalarType.Float64);
        var last = default(StepResult);
        for (var i = 0; i < 5; i++)
        {
            last = gan.TrainStep(real);
        }

        return (last, [.. discriminator.parameters().SelectMany(p => p.data<double>().ToArray())]);
    }
}
