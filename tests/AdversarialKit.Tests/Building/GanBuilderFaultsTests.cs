using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Building;

/// <summary>Guarantee 7: every fault of a configuration is told at Build(), in words.</summary>
public sealed class GanBuilderFaultsTests : IDisposable
{
    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
    }

    [Fact]
    public void Build_NothingSupplied_ListsAllThatIsMissingInOneMessage()
    {
        var act = () => new GanBuilder().Build();

        act.Should().Throw<InvalidGanException>().Which.Message.ReplaceLineEndings("\n").Should().Be(
            "The GAN cannot be built, for 5 reasons:\n" +
            "1. No generator was supplied. Call WithGenerator(module), a Module<Tensor, Tensor> from latents to samples.\n" +
            "2. No discriminator was supplied. Call WithDiscriminator(module), a Module<Tensor, Tensor> from samples to logits.\n" +
            "3. No latent distribution was supplied. Call WithLatent(...), for example with Latent.Normal(100).\n" +
            "4. No loss was supplied. Call WithLoss(...), for example with AdversarialLoss.NonSaturating().\n" +
            "5. No optimizers were supplied. Call WithOptimizers(...), for example with Optimizers.Adam(2e-4, beta1: 0.5).");
    }

    [Fact]
    public void Build_AllGeneratorParametersFrozen_SaysSo()
    {
        foreach (var parameter in _generator.parameters())
        {
            parameter.requires_grad = false;
        }

        Fault(Builder()).Should().Be(
            "All 6 parameters of the generator were frozen before Build(), so no step could ever train it. Set requires_grad to true " +
            "on those that shall be trained; the freeze of the discriminator in the combined model is the library's work.");
    }

    [Fact]
    public void Build_ModuleWithoutRegisteredParameters_NamesTheUsualCause() =>
        Fault(Toy.Builder(nn.Sequential(nn.Tanh()), _discriminator)).Should().Be(
            "The generator (Sequential) has no parameters. A module of your own must call RegisterComponents() at the end of its constructor.");

    [Fact]
    public void Build_SharedParameter_NamesIt()
    {
        using var shared = nn.Linear(6, 6);
        using var generator = nn.Sequential(("first", nn.Linear(4, 6)), ("shared", shared));
        using var discriminator = nn.Sequential(("shared", shared), ("last", nn.Linear(6, 1)));

        Fault(Toy.Builder(generator, discriminator)).Should().Be(
            "The discriminator shares parameters with the generator: shared.weight, shared.bias. A weight that both steps may move " +
            "cannot be frozen in one of them. Give each network parameters of its own.");
    }

    [Fact]
    public void Build_OptimizerThatTookOtherParameters_CountsThem() =>
        Fault(Builder().WithOptimizers(
            discriminator: p => optim.Adam(_generator.parameters()),
            generator: p => optim.Adam(p))).Should().Be(
            "The optimizer factory of the discriminator was given 4 parameters and its optimizer took 6, of which 0 are among those " +
            "given. Give WithOptimizers a factory that hands the parameters on as it got them.");

    [Fact]
    public void Build_OptimizerFactoryThatReturnsNull_SaysSo() =>
        Fault(Builder().WithOptimizers(discriminator: p => optim.Adam(p), generator: _ => null!)).Should().Be(
            "The optimizer factory of the generator returned null. Give WithOptimizers a factory that returns an optimizer.");

    [Fact]
    public void Build_NoDiscriminatorSteps_SaysWhatIsAllowed() =>
        Fault(Builder().WithDiscriminatorSteps(0)).Should().Be(
            "WithDiscriminatorSteps(0) was called; at least 1 discriminator update per generator update is needed.");

    [Fact]
    public void Build_NoMicroBatches_SaysWhatIsAllowed() =>
        Fault(Builder().WithGradientAccumulation(0)).Should().Be(
            "WithGradientAccumulation(0) was called; at least 1 pass per update is needed.");

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(double.NaN, "NaN")]
    public void Build_WeightLimitOutOfRange_SaysWhatIsAllowed(double limit, string shown) =>
        Fault(Builder().WithWeightClipping(limit)).Should().Be(
            $"WithWeightClipping({shown}) was called; the limit must be a number above 0.");

    [Theory]
    [InlineData(-1.0, 1, "-1", "1")]
    [InlineData(1.0, 0, "1", "0")]
    [InlineData(0.0, 1, "0", "1")]
    public void Build_PenaltyWeightOrIntervalOutOfRange_SaysWhatIsAllowed(double weight, int interval, string shownWeight, string shownInterval) =>
        Fault(Builder().WithPenalty(Penalty.R1(), weight, interval)).Should().Be(
            $"The penalty {Penalty.R1()} has the weight {shownWeight} and the interval {shownInterval}. Give WithPenalty a weight above 0 " +
            "and an interval of at least 1.");

    [Fact]
    public void Build_RelativisticLossInSeparateUpdates_IsRefused() =>
        Fault(Builder().WithLoss(AdversarialLoss.RelativisticPaired()).WithDiscriminatorUpdate(DiscriminatorUpdate.Separate)).Should().Be(
            $"The loss {AdversarialLoss.RelativisticPaired()} compares real with fake logits, so it cannot be split over two updates. " +
            "Call WithDiscriminatorUpdate(DiscriminatorUpdate.Joint).");

    [Fact]
    public void Build_PenaltyInSeparateUpdates_IsRefused() =>
        Fault(Builder().WithPenalty(Penalty.R1(), 1).WithDiscriminatorUpdate(DiscriminatorUpdate.Separate)).Should().Be(
            "Penalties belong to one update on both losses, not to two separate ones. Call WithDiscriminatorUpdate(DiscriminatorUpdate.Joint).");

    [Fact]
    public void Build_AccumulationInSeparateUpdates_IsRefused() =>
        Fault(Builder().WithGradientAccumulation(2).WithDiscriminatorUpdate(DiscriminatorUpdate.Separate)).Should().Be(
            "WithGradientAccumulation(2) was called, but separate updates do not accumulate. Call WithDiscriminatorUpdate(DiscriminatorUpdate.Joint).");

    [Fact]
    public void Build_AccumulationWithSharedFakes_IsRefused() =>
        Fault(Builder().WithGradientAccumulation(2).WithFakes(FakeMode.Shared)).Should().Be(
            "WithGradientAccumulation(2) was called to save memory, but FakeMode.Shared keeps the graph of the whole batch of fakes. " +
            "Call WithFakes(FakeMode.Training).");

    [Fact]
    public void Build_PerSamplePenaltyOverBatchNorm_NamesTheLayer()
    {
        using var discriminator = Toy.DiscriminatorWithBatchNorm();

        Fault(Toy.Builder(_generator, discriminator).WithPenalty(Penalty.WganGp(), 10)).Should().Be(
            $"The penalty {Penalty.WganGp()} is on the gradient of each sample, but the discriminator's layer 'norm' (BatchNorm1d) mixes " +
            "the samples of a batch, so no sample has a gradient of its own. Use LayerNorm, InstanceNorm or no normalization there.");
    }

    [Fact]
    public void Build_GeneratorOutputThatDoesNotFit_NamesBothShapes()
    {
        using var generator = nn.Sequential(nn.Linear(4, 5));

        Fault(Toy.Builder(generator, _discriminator)).Should().StartWith(
            "The discriminator (Sequential) does not accept an input of shape [2, 5] and type Float32: ");
    }

    [Fact]
    public void Build_LatentThatDoesNotFit_NamesTheShape() =>
        Fault(Builder().WithLatent(Latent.Normal(3))).Should().StartWith(
            "The generator (Sequential) does not accept an input of shape [2, 3] and type Float32: ");

    [Fact]
    public void Build_OutputsNotFinite_SaysWhose()
    {
        using (no_grad())
        {
            _discriminator.get_parameter("out.bias")!.fill_(double.NaN);
        }

        Fault(Builder()).Should().Be(
            "The discriminator (Sequential) made logits that are not finite numbers. Check how its parameters are initialised.");
    }

    [Fact]
    public void Build_GeneratorThatLosesTheBatchDimension_SaysSo()
    {
        using var generator = new FunctionModule(4, 6, (linear, x) => linear.call(x).sum([0]));

        Fault(Toy.Builder(generator, _discriminator)).Should().Be(
            "The generator (FunctionModule) made samples of shape [6] out of a batch of 2; the first dimension must be the batch's.");
    }

    [Fact]
    public void Build_SigmoidBeforeALossOnLogits_IsRefused()
    {
        using var discriminator = nn.Sequential(nn.Linear(6, 1), nn.Sigmoid());

        Fault(Toy.Builder(_generator, discriminator)).Should().Be(
            $"The discriminator ends in a sigmoid, but the loss {AdversarialLoss.NonSaturating()} takes logits. Remove the sigmoid, or call " +
            "WithLoss(AdversarialLoss.BinaryCrossEntropyOnProbabilities()).");
    }

    [Fact]
    public void Build_LogitsBeforeALossOnProbabilities_IsRefused()
    {
        using (no_grad())
        {
            _discriminator.get_parameter("out.bias")!.fill_(5);
        }

        Fault(Builder().WithLoss(AdversarialLoss.BinaryCrossEntropyOnProbabilities())).Should().Be(
            $"The loss {AdversarialLoss.BinaryCrossEntropyOnProbabilities()} takes probabilities from 0 to 1, but the discriminator returned " +
            "others. End it in a sigmoid, or call WithLoss(AdversarialLoss.NonSaturating()).");
    }

    [Fact]
    public void Build_PenaltyOnADiscriminatorWithoutAGraph_IsRefused()
    {
        using var discriminator = new FunctionModule(6, 1, (linear, x) => linear.call(x.detach()));

        Fault(Toy.Builder(_generator, discriminator).WithPenalty(Penalty.R1(), 1)).Should().StartWith(
            "The discriminator's output does not depend on its input through a graph");
    }

    [Fact]
    public void Build_ConditionalGeneratorWithoutClasses_SaysHowToSupplyThem()
    {
        using var generator = new LabelledModule(4, 3, 6);

        Fault(new GanBuilder().WithGenerator(generator).WithDiscriminator(_discriminator).WithLatent(Latent.Normal(4))
            .WithLoss(AdversarialLoss.Hinge()).WithOptimizers(Optimizers.Adam())).Should().Be(
            "The generator takes a condition, but the number of classes is unknown. Call WithClassLabels(classes), or WithCondition(shape) for a condition of another kind.");
    }

    [Fact]
    public void Build_ClassesWithoutAConditionalGenerator_SaysSo() =>
        Fault(Builder().WithClassLabels(3)).Should().Be(
            "WithClassLabels was called, but the generator takes no condition. Supply a Module<Tensor, Tensor, Tensor> of latents and " +
            "labels to WithGenerator.");

    [Fact]
    public void Build_ClassifierWithoutSecondOutput_SaysSo()
    {
        using var generator = new LabelledModule(4, 3, 6);

        Fault(new GanBuilder().WithGenerator(generator).WithDiscriminator(_discriminator).WithLatent(Latent.Normal(4))
            .WithLoss(AdversarialLoss.Hinge()).WithOptimizers(Optimizers.Adam()).WithClassLabels(3).WithClassifier()).Should().Be(
            "WithClassifier was called, but the discriminator has no second output. Supply a Module<Tensor, (Tensor, Tensor)> to WithDiscriminator.");
    }

    [Fact]
    public void Build_SeveralFaults_ListsThemAllAndLeavesTheModulesAlone()
    {
        var before = (Snapshot.Of(_generator), Snapshot.Of(_discriminator));

        var act = () => Builder()
            .WithOptimizers(discriminator: _ => optim.Adam(_generator.parameters()), generator: p => optim.Adam(p))
            .WithDiscriminatorSteps(-1)
            .WithPenalty(Penalty.R2(), 0)
            .Build();

        act.Should().Throw<InvalidGanException>().Which.Faults.Should().HaveCount(3);
        (Snapshot.Of(_generator), Snapshot.Of(_discriminator)).Should().Be(before);
    }

    [Fact]
    public void Build_MovingBuffers_AreWhereTheyWereAfterTheDryRun()
    {
        using var discriminator = Toy.DiscriminatorWithMovingBuffer();
        var before = Snapshot.Of(discriminator);

        using var gan = Toy.Builder(_generator, discriminator).Build();

        Snapshot.Of(discriminator).Should().Be(before);
    }

    [Fact]
    public void Build_Twice_IsRefused()
    {
        var builder = Builder();
        using var gan = builder.Build();

        var act = () => builder.Build();

        act.Should().Throw<InvalidOperationException>().WithMessage(
            "This builder has built its GAN already. Make a new GanBuilder for another one.");
    }

    private static string Fault(GanBuilder builder)
    {
        var act = () => builder.Build();
        return act.Should().Throw<InvalidGanException>().Which.Faults.Should().ContainSingle().Subject;
    }

    private GanBuilder Builder() => Toy.Builder(_generator, _discriminator);
}
