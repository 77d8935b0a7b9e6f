using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>Guarantee 4: flags and modes that the caller set come back, on exceptions too.</summary>
public sealed class CallersSettingsComeBackTests
{
    [Fact]
    public void TrainStep_MixedFlagsAndModes_RestoresEachOfThem()
    {
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        discriminator.get_parameter("hidden.bias")!.requires_grad = false;
        generator.get_parameter("out.weight")!.requires_grad = false;
        generator.eval();
        discriminator.children().ElementAt(1).eval();
        var (generatorBefore, discriminatorBefore) = (Snapshot.Of(generator), Snapshot.Of(discriminator));

        gan.TrainStep(real);
        gan.Sample(3).Dispose();

        AssertSettings(generator, generatorBefore);
        AssertSettings(discriminator, discriminatorBefore);
    }

    // The discriminator's forward passes in an iteration: 1 on real samples, 2 on fakes, 3 in the combined model.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TrainStep_ExceptionInTheMiddle_RestoresEverythingAndTheNextStepWorks(int failingPass)
    {
        var failing = new FailingLayer();
        using var discriminator = nn.Sequential(
            ("hidden", nn.Linear(6, 8)), ("norm", nn.BatchNorm1d(8)), ("failing", failing), ("out", nn.Linear(8, 1)));
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        gan.TrainStep(real);
        generator.eval();
        discriminator.get_parameter("out.bias")!.requires_grad = false;
        var (generatorBefore, discriminatorBefore) = (Snapshot.Of(generator), Snapshot.Of(discriminator));
        failing.FailAt = failing.Calls + failingPass;

        var act = () => gan.TrainStep(real);

        act.Should().Throw<InvalidOperationException>().WithMessage("broken on purpose");
        AssertSettings(generator, generatorBefore);
        AssertSettings(discriminator, discriminatorBefore);
        gan.Iteration.Should().Be(1);
        is_grad_enabled().Should().BeTrue();
        failing.FailAt = int.MaxValue;
        gan.TrainStep(real).Iteration.Should().Be(2);
    }

    [Fact]
    public void TrainGenerator_ExceptionInTheCombinedModel_LeavesTheDiscriminatorsBuffersInPlace()
    {
        var failing = new FailingLayer();
        var moving = new MovingBufferLayer();
        using var discriminator = nn.Sequential(("hidden", nn.Linear(6, 8)), ("moving", moving), ("failing", failing), ("out", nn.Linear(8, 1)));
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        gan.TrainStep(real);
        var (before, buffer) = (Snapshot.Of(discriminator), moving.Count);
        failing.FailAt = 0;

        var act = () => gan.TrainGenerator(real);

        act.Should().Throw<InvalidOperationException>();
        Snapshot.Of(discriminator).Should().Be(before);
        moving.Count.Should().BeSameAs(buffer);
    }

    [Fact]
    public void Dispose_Gan_LeavesTheCallersModulesAlive()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var real = Toy.Real();

        Toy.Builder(generator, discriminator).Build().Dispose();

        using var logits = discriminator.call(real);
        logits.shape.Should().Equal(16, 1);
    }

    [Fact]
    public void TrainStep_ModuleMovedAfterBuild_SaysThatTheParameterIsGone()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        generator.to(ScalarType.Float64);
        discriminator.to(ScalarType.Float64);

        var act = () => gan.TrainStep(real);

        act.Should().Throw<InvalidOperationException>().WithMessage(
            "Parameter 'hidden.weight' of the generator is gone: its module was disposed or moved with to(...) after Build(). " +
            "Keep the modules alive and unmoved while the GAN is in use, or build a new GAN.");
    }

    private static void AssertSettings(nn.Module module, Snapshot before)
    {
        var after = Snapshot.Of(module);
        after.Flags.Should().Be(before.Flags);
        after.Modes.Should().Be(before.Modes);
    }
}
