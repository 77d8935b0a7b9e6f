using AdversarialKit.Tests.Support;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>Guarantee 3: after a discriminator step the generator is byte-identical.</summary>
public sealed class DiscriminatorStepLeavesGeneratorTests
{
    [Theory]
    [InlineData(DiscriminatorUpdate.Joint)]
    [InlineData(DiscriminatorUpdate.Separate)]
    public void TrainDiscriminator_InferenceFakes_LeavesEveryByteOfTheGenerator(DiscriminatorUpdate update)
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator)
            .WithDiscriminatorUpdate(update).WithFakes(FakeMode.Inference).Build();
        using var real = Toy.Real();
        gan.TrainStep(real);
        var before = Snapshot.Of(generator);
        var discriminatorBefore = Snapshot.Of(discriminator);

        gan.TrainDiscriminator(real);

        Snapshot.Of(generator).Should().Be(before);
        Snapshot.Of(discriminator).Parameters.Should().NotBe(discriminatorBefore.Parameters);
    }

    [Fact]
    public void TrainDiscriminator_TrainingFakes_MovesRunningStatisticsAndNothingElse()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).WithFakes(FakeMode.Training).Build();
        using var real = Toy.Real();
        gan.TrainStep(real);
        var before = Snapshot.Of(generator);

        gan.TrainDiscriminator(real);

        var after = Snapshot.Of(generator);
        after.Buffers.Should().NotBe(before.Buffers);
        (after with { Buffers = before.Buffers }).Should().Be(before);
    }

    [Fact]
    public void TrainDiscriminator_WithPenalties_LeavesNoGradientOnTheGenerator()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator)
            .WithPenalty(Penalty.R1(), 1).WithPenalty(Penalty.R2(), 1).WithPenalty(Penalty.WganGp(), 10).Build();
        using var real = Toy.Real();

        gan.TrainDiscriminator(real);

        generator.parameters().Should().OnlyContain(p => ReferenceEquals(p.grad, null));
        real.requires_grad.Should().BeFalse("the caller's batch comes back as it was");
    }
}
