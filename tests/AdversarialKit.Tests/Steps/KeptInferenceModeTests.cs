using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Steps;

/// <summary>A layer that the caller keeps in inference mode within a network in training mode stays there, in every step.</summary>
public sealed class KeptInferenceModeTests
{
    [Theory]
    [InlineData(FakeMode.Training)]
    [InlineData(FakeMode.Inference)]
    [InlineData(FakeMode.Shared)]
    public void TrainStep_BatchNormInInferenceMode_KeepsItsStatisticsAndMode(FakeMode fakes)
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        var kept = (BatchNorm1d)generator.named_children().Single(child => child.name == "norm").module;
        kept.eval();
        using var gan = Toy.Builder(generator, discriminator).WithFakes(fakes).Build();
        var before = Statistics(kept);

        Train(gan);

        Statistics(kept).Should().Be(before);
        kept.training.Should().BeFalse();
        generator.training.Should().BeTrue();
    }

    [Fact]
    public void TrainStep_BatchNormOfTheDiscriminatorInInferenceMode_StaysAndItsWeightsAreTrained()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        var kept = (BatchNorm1d)discriminator.named_children().Single(child => child.name == "norm").module;
        kept.eval();
        using var gan = Toy.Builder(generator, discriminator).Build();
        var (before, weights) = (Statistics(kept), Snapshot.Of(kept).Parameters);

        Train(gan);

        Statistics(kept).Should().Be(before);
        Snapshot.Of(kept).Parameters.Should().NotBe(weights);
    }

    [Fact]
    public void TrainStep_BlockInInferenceModeWithALayerInTraining_KeepsEach()
    {
        var (inner, outer) = (nn.BatchNorm1d(8), nn.BatchNorm1d(8));
        using var generator = nn.Sequential(("hidden", nn.Linear(4, 8)), ("block", nn.Sequential(("outer", outer), ("inner", inner))), ("out", nn.Linear(8, 6)));
        generator.named_children().Single(child => child.name == "block").module.eval();
        inner.train();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        var (movedBefore, keptBefore) = (Statistics(inner), Statistics(outer));

        Train(gan);

        Statistics(inner).Should().NotBe(movedBefore);
        Statistics(outer).Should().Be(keptBefore);
        (inner.training, outer.training).Should().Be((true, false));
    }

    [Fact]
    public void TrainStep_WholeNetworkInInferenceMode_IsTrainedAsAnyOther()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        generator.eval();
        using var gan = Toy.Builder(generator, discriminator).Build();
        var before = Snapshot.Of(generator).Buffers;

        Train(gan);

        Snapshot.Of(generator).Buffers.Should().NotBe(before);
        generator.training.Should().BeFalse();
    }

    [Fact]
    public void TrainStep_ModeChangedAfterBuild_HasNoSay()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        var norm = (BatchNorm1d)generator.named_children().Single(child => child.name == "norm").module;
        norm.eval();
        var before = Statistics(norm);

        Train(gan);

        Statistics(norm).Should().NotBe(before);
        norm.training.Should().BeFalse();
    }

    [Fact]
    public void Build_PerSamplePenaltyOverABatchNormInInferenceMode_IsAllowedSinceItMixesNothing()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        discriminator.named_children().Single(child => child.name == "norm").module.eval();

        using var gan = Toy.Builder(generator, discriminator).WithPenalty(Penalty.R1(), weight: 1).Build();

        Train(gan).Should().BePositive();
    }

    private static double Train(Gan gan)
    {
        using var scope = NewDisposeScope();
        gan.TrainStep(Toy.Real());
        return gan.TrainStep(Toy.Real()).Discriminator.Penalty;
    }

    private static string Statistics(BatchNorm1d norm) => Snapshot.Of(norm).Buffers;
}
