using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Building;

/// <summary>A device that cannot be had is one of Build()'s faults, beside the others, and no fault hides another.</summary>
public sealed class DeviceChoiceTests : IDisposable
{
    private const string NoCuda = " was called, but torch finds no CUDA here: that needs a driver, a card, and one of the packages TorchSharp-cuda-linux "
        + "and TorchSharp-cuda-windows. Call WithDevice(\"cpu\"), or leave it out.";

    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("")]
    [InlineData("cuda:x")]
    [InlineData("cuda:99999999999")]
    public void Build_NameOfNoDevice_SaysWhichThereAre(string name) =>
        Faults(Toy.Builder(_generator, _discriminator).WithDevice(name)).Should().Equal(
            $"WithDevice('{name}') was called, which names no device. Devices are named such as \"cpu\", \"cuda\", \"cuda:1\" or \"mps\".");

    [Fact]
    public void Build_DeviceWithoutNumbers_IsRefused() =>
        Faults(Toy.Builder(_generator, _discriminator).WithDevice("meta")).Should().Equal(
            "WithDevice(meta) was called, but torch cannot use it here: Cannot copy out of meta tensor; no data. Call WithDevice(\"cpu\"), or leave it out.");

    [Theory]
    [InlineData("cuda:0")]
    [InlineData("cuda:3")]
    public void Build_CudaWhereThereIsNone_IsAFaultBesideTheOthersAndMovesNothing(string name)
    {
        if (cuda.is_available())
        {
            return;
        }

        var before = (Snapshot.Of(_generator), Snapshot.Of(_discriminator));

        Faults(Toy.Builder(_generator, _discriminator).WithDiscriminatorSteps(0).WithDevice(name))
            .Should().Equal(
                "WithDiscriminatorSteps(0) was called; at least 1 discriminator update per generator update is needed.",
                $"WithDevice({name})" + NoCuda);
        (Snapshot.Of(_generator), Snapshot.Of(_discriminator)).Should().Be(before);
    }

    [Fact]
    public void Build_DeviceByName_Trains()
    {
        using var gan = Toy.Builder(_generator, _discriminator).WithDevice(new Device("meta")).WithDevice("cpu").Build();
        using var real = Toy.Real();

        gan.TrainStep(real).Iteration.Should().Be(1);
    }

    [Fact]
    public void Build_PenaltyAtFault_DoesNotHideTheSigmoidNorTheShape()
    {
        using var generator = nn.Sequential(nn.Linear(4, 5));
        using var discriminator = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.Linear(8, 1), nn.Sigmoid());

        Faults(Toy.Builder(generator, discriminator).WithPenalty(Penalty.R1(), weight: -1)).Select(fault => fault[..Math.Min(fault.Length, 52)]).Should().Equal(
            "The penalty R1 has the weight -1 and the interval 1.",
            "The penalty R1 is on the gradient of each sample, bu",
            "The discriminator ends in a sigmoid, but the loss no",
            "The discriminator (Sequential) does not accept an in");
    }

    [Fact]
    public void Build_OptimizerAtFault_DoesNotHideWhatTheDryRunFinds()
    {
        using var generator = nn.Sequential(nn.Linear(5, 6));

        Faults(Toy.Builder(generator, _discriminator).WithOptimizers(_ => null!)).Select(fault => fault[..34]).Should().Equal(
            "The optimizer factory of the discr",
            "The optimizer factory of the gener",
            "The generator (Sequential) does no");
    }

    [Fact]
    public void Build_SigmoidInANestedSequence_IsSeen()
    {
        using var discriminator = nn.Sequential(nn.Linear(6, 8), nn.Sequential(nn.Linear(8, 1), nn.Sigmoid()));

        Faults(Toy.Builder(_generator, discriminator)).Should().Equal(
            "The discriminator ends in a sigmoid, but the loss non-saturating takes logits. Remove the sigmoid, or call " +
            "WithLoss(AdversarialLoss.BinaryCrossEntropyOnProbabilities()).");
    }

    [Fact]
    public void Build_LatentThatDrawsAnotherShape_IsAFaultBesideTheOthers() =>
        Faults(Toy.Builder(_generator, _discriminator).WithLatent(new Liar()).WithDiscriminatorSteps(0)).Should().Equal(
            "WithDiscriminatorSteps(0) was called; at least 1 discriminator update per generator update is needed.",
            "The latent a liar cannot be drawn: The latent a liar drew a batch of shape [2, 3]; asked for 2, it must return [2, 4].");

    [Fact]
    public void Build_MissingClasses_AreNotToldTwice()
    {
        using var generator = new LabelledModule(4, 3, 6);

        Faults(new GanBuilder().WithGenerator(generator).WithDiscriminator(_discriminator).WithLatent(Latent.Normal(4))
            .WithLoss(AdversarialLoss.NonSaturating()).WithOptimizers(Optimizers.Adam())).Should().Equal(
            "The generator takes a condition, but the number of classes is unknown. Call WithClassLabels(classes), or WithCondition(shape) for a condition of another kind.");
    }

    private static IReadOnlyList<string> Faults(GanBuilder builder)
    {
        var build = () => builder.Build();

        return build.Should().Throw<InvalidGanException>().Which.Faults;
    }

    private sealed class Liar : ILatent
    {
        public IReadOnlyList<long> Shape => [4];

        public Tensor Sample(long count, Generator random, ScalarType type, Device device) => zeros(count, 3, dtype: type, device: device);

        public override string ToString() => "a liar";
    }
}
