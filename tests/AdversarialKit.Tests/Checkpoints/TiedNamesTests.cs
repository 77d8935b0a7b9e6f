using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Checkpoints;

/// <summary>A module, a parameter or a buffer under two names: every file that is written loads under every name of <c>state_dict</c>.</summary>
public sealed class TiedNamesTests
{
    public enum Tie
    {
        Module,
        ParameterOfTwoModules,
        BufferOfTwoModules,
        ParameterInTwoFields,
        ModuleTwiceInASequence,
    }

    [Theory]
    [InlineData(Tie.Module)]
    [InlineData(Tie.ParameterOfTwoModules)]
    [InlineData(Tie.BufferOfTwoModules)]
    [InlineData(Tie.ParameterInTwoFields)]
    [InlineData(Tie.ModuleTwiceInASequence)]
    public void SaveCheckpoint_SomethingUnderTwoNamesAndAnAverage_LoadsIntoTheGanAndIntoAModule(Tie tie)
    {
        using var folder = new CheckpointFolder();
        using var generator = Network(tie);
        using var discriminator = Network(tie);
        using var gan = Build(generator, discriminator);
        Train(gan);
        var directory = gan.SaveCheckpoint(folder.Path);
        var expected = Numbers(gan);

        using var average = Network(tie);
        using var live = Network(tie);
        using var judge = Network(tie);
        CheckpointWeights.LoadGenerator(directory, average);
        CheckpointWeights.LoadGenerator(directory, live, preferAverage: false);
        CheckpointWeights.LoadDiscriminator(directory, judge);
        using var otherGenerator = Network(tie);
        using var otherDiscriminator = Network(tie);
        using var other = Build(otherGenerator, otherDiscriminator);
        other.LoadCheckpoint(directory);

        Numbers(other).Should().Equal(expected);
        Snapshot.Of(live).Parameters.Should().Be(Snapshot.Of(generator).Parameters);
        Snapshot.Of(judge).Parameters.Should().Be(Snapshot.Of(discriminator).Parameters);
        using var latents = other.DrawLatents(3);
        using var samples = other.Generate(latents);
        average.eval();
        using var byHand = average.call(latents);
        byHand.Equals(samples).Should().BeTrue("the average in the file is the one that samples are made with");
        Train(gan);
        Train(other);
        Snapshot.Of(otherGenerator).Should().Be(Snapshot.Of(generator), "a resumed run goes on bit for bit");
    }

    [Fact]
    public void AverageFile_TiedLayer_HoldsEveryNameOfTheStateDict()
    {
        using var folder = new CheckpointFolder();
        using var generator = Network(Tie.Module);
        using var discriminator = Network(Tie.Module);
        using var gan = Build(generator, discriminator);

        var header = Safetensors.ReadHeader(Path.Combine(gan.SaveCheckpoint(folder.Path), "average.safetensors"));

        header.Tensors.Select(tensor => tensor.Name).Should().BeEquivalentTo(generator.state_dict().Keys);
    }

    [Fact]
    public void Forward_OneMovingBufferInTwoFields_IsOneBufferInTheCombinedModelToo()
    {
        using var generator = nn.Linear(4, 6);
        var counting = new CountingTwice();
        using var discriminator = nn.Sequential(nn.Linear(6, 1), counting);
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var latent = gan.DrawLatents(2);

        gan.Combined.Forward(latent).Dispose();

        counting.LastSeen.Should().Be(2, "what one field counts is read through the other");
        counting.Count.Should().Be(1, "and the original rests");
    }

    private static Gan Build(nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator) =>
        new GanBuilder().WithGenerator(generator).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4)).WithLoss(AdversarialLoss.Hinge())
            .WithOptimizers(Optimizers.Adam(1e-2)).WithGeneratorAverage(Ema.Decay(0.9)).WithSeed(5).Build();

    private static void Train(Gan gan)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        gan.TrainStep(randn(8, 4, generator: random));
        gan.TrainStep(randn(8, 4, generator: random));
    }

    private static float[] Numbers(Gan gan)
    {
        using var samples = gan.Generate(ones(2, 4));
        return samples.data<float>().ToArray();
    }

    private static nn.Module<Tensor, Tensor> Network(Tie tie)
    {
        if (tie == Tie.ModuleTwiceInASequence)
        {
            var twice = nn.BatchNorm1d(4);
            return nn.Sequential(("first", nn.Linear(4, 4)), ("a", twice), ("between", nn.Linear(4, 4)), ("b", twice), ("last", nn.Linear(4, 4)));
        }

        return new Tied(tie);
    }

    private sealed class Tied : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(4, 4);
        private readonly Linear second;
        private readonly Scaled left = new();
        private readonly Scaled right = new();
        private readonly Parameter one = new(ones(4));
        private readonly Parameter two;

        public Tied(Tie tie)
            : base(nameof(Tied))
        {
            second = tie == Tie.Module ? first : nn.Linear(4, 4);
            two = tie == Tie.ParameterInTwoFields ? one : new Parameter(ones(4));
            if (tie == Tie.ParameterOfTwoModules)
            {
                second.weight = first.weight;
            }

            if (tie == Tie.BufferOfTwoModules)
            {
                right.Share(left);
            }

            left.Register();
            right.Register();
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) =>
            (right.call(second.call(left.call(first.call(input) * one).relu())) * two).alias();
    }

    private sealed class Scaled() : nn.Module<Tensor, Tensor>(nameof(Scaled))
    {
        private Tensor _scale = ones(4);

        public void Share(Scaled other) => _scale = other._scale;

        public void Register() => RegisterComponents();

        public override Tensor forward(Tensor input) => input * _scale;
    }

    private sealed class CountingTwice : nn.Module<Tensor, Tensor>
    {
        private Tensor _written = ones(1);
        private Tensor _read;

        public CountingTwice()
            : base(nameof(CountingTwice))
        {
            _read = _written;
            RegisterComponents();
        }

        public float Count => _written.item<float>();

        public float LastSeen { get; private set; }

        public override Tensor forward(Tensor input)
        {
            using (no_grad())
            {
                _written.add_(1);
            }

            LastSeen = _read.item<float>();
            return input.alias();
        }
    }
}
