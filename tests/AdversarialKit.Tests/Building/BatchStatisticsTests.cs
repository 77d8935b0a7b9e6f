using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Building;

/// <summary>A batch, or a part of one, that is too small for a layer's statistics is refused before anything moves.</summary>
public sealed class BatchStatisticsTests
{
    private const string TwoInEach = " takes statistics over each part and needs at least 2 samples. "
        + "Choose a batch size that WithGradientAccumulation(4) splits so, or fewer parts. (Parameter 'batch')";

    [Theory]
    [InlineData("generator, 1d", 5, "5 samples, accumulated in parts (2 of 2 and 1 of 1), but the generator's layer 'norm' (BatchNorm1d)")]
    [InlineData("generator, 1d", 3, "3 samples, accumulated in parts (3 of 1), but the generator's layer 'norm' (BatchNorm1d)")]
    [InlineData("generator, 2d", 13, "13 samples, accumulated in parts (3 of 4 and 1 of 1), but the generator's layer 'norm' (BatchNorm2d)")]
    [InlineData("generator, conditional", 5, "5 samples, accumulated in parts (2 of 2 and 1 of 1), but the generator's layer 'norm' (ConditionalBatchNorm)")]
    [InlineData("discriminator, 1d", 5, "5 samples, accumulated in parts (2 of 2 and 1 of 1), but the discriminator's layer 'norm' (BatchNorm1d)")]
    [InlineData("discriminator, 2d", 5, "5 samples, accumulated in parts (2 of 2 and 1 of 1), but the discriminator's layer 'norm' (BatchNorm2d)")]
    [InlineData("discriminator, deviation", 5, "5 samples, accumulated in parts (2 of 2 and 1 of 1), but the discriminator's layer 'norm' (MinibatchStdDev)")]
    public void TrainStep_PartOfOneSample_NamesLayerAndPartsAndMovesNothing(string networks, int batch, string words) =>
        Refusal(networks, batch, parts: 4).Should().Be("The real batch holds " + words + TwoInEach);

    [Fact]
    public void TrainStep_BatchThatDoesNotFallIntoGroups_IsRefusedBeforeAnythingMoves() =>
        Refusal("discriminator, deviation", 10, parts: 1).Should().Be(
            "The real batch holds 10 samples, but the discriminator's layer 'norm' (MinibatchStdDev) takes statistics over the batch and needs " +
            "a multiple of its group size, 4, or fewer samples than that. Draw batches of another size. (Parameter 'batch')");

    [Fact]
    public void TrainStep_PartThatDoesNotFallIntoGroups_IsRefusedBeforeAnythingMoves() =>
        Refusal("discriminator, deviation", 12, parts: 2).Should().Be(
            "The real batch holds 12 samples, accumulated in parts (2 of 6), but the discriminator's layer 'norm' (MinibatchStdDev) takes statistics " +
            "over each part and needs a multiple of its group size, 4, or fewer samples than that. Choose a batch size that " +
            "WithGradientAccumulation(2) splits so, or fewer parts. (Parameter 'batch')");

    [Theory]
    [InlineData("generator, 1d", 8, 4)]
    [InlineData("generator, 2d", 11, 4)]
    [InlineData("discriminator, 1d", 7, 2)]
    [InlineData("discriminator, deviation", 16, 4)]
    public void TrainStep_PartsThatAreLargeEnough_KeepEverythingFinite(string networks, int batch, int parts)
    {
        using var world = new Networks(networks, parts);

        for (var i = 0; i < 3; i++)
        {
            world.Step(batch);
        }

        world.Modules.SelectMany(module => module.state_dict().Values).Should().OnlyContain(tensor => tensor.isfinite().all().item<bool>());
    }

    [Fact]
    public void TrainStep_PartOfOneWithoutSuchLayers_IsFine()
    {
        using var world = new Networks("none", parts: 4);

        var step = () => world.Step(5);

        step.Should().NotThrow();
    }

    [Fact]
    public void Fit_PartOfOneSample_IsRefusedRatherThanCompleted()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).WithGradientAccumulation(4).Build();
        using var real = Toy.Real(40);
        using var batches = Batches.FromTensor(real, batchSize: 5);

        var fit = () => gan.Fit(batches, new FitOptions { Iterations = 20 });

        fit.Should().Throw<ArgumentException>().WithMessage("The real batch holds 5 samples, accumulated in parts (2 of 2 and 1 of 1), but*");
        using var samples = gan.Sample(3);
        samples.isfinite().all().item<bool>().Should().BeTrue();
    }

    private static string Refusal(string networks, int batch, int parts)
    {
        using var world = new Networks(networks, parts);
        var before = world.Modules.Select(Snapshot.Of).ToList();

        var step = () => world.Step(batch);

        var message = step.Should().Throw<ArgumentException>().Which.Message;
        world.Modules.Select(Snapshot.Of).Should().Equal(before);
        return message;
    }

    private sealed class Networks : IDisposable
    {
        private readonly Gan _gan;
        private readonly bool _isConditional;

        public Networks(string kind, int parts)
        {
            var builder = new GanBuilder();
            _isConditional = kind.EndsWith("conditional", StringComparison.Ordinal);
            if (_isConditional)
            {
                var generator = new ConditionalGenerator();
                builder.WithGenerator(generator).WithClassLabels(3);
                Modules.Add(generator);
            }
            else
            {
                var generator = Network(4, 6, kind.StartsWith("generator", StringComparison.Ordinal) ? kind : "none");
                builder.WithGenerator(generator);
                Modules.Add(generator);
            }

            var discriminator = Network(6, 1, kind.StartsWith("discriminator", StringComparison.Ordinal) ? kind : "none");
            Modules.Add(discriminator);
            _gan = builder.WithDiscriminator(discriminator).WithLatent(Latent.Normal(4)).WithLoss(AdversarialLoss.NonSaturating())
                .WithOptimizers(Optimizers.Adam(1e-2)).WithGradientAccumulation(parts).WithSeed(3).Build();
        }

        public List<nn.Module> Modules { get; } = [];

        public void Step(int samples)
        {
            using var scope = NewDisposeScope();
            _gan.TrainStep(new Batch(Toy.Real(samples), _isConditional ? zeros(samples, dtype: ScalarType.Int64) : null));
        }

        public void Dispose()
        {
            _gan.Dispose();
            Modules.ForEach(module => module.Dispose());
        }

        private static nn.Module<Tensor, Tensor> Network(long inputs, long outputs, string kind) => kind.Split(' ')[^1] switch
        {
            "1d" => nn.Sequential(("first", nn.Linear(inputs, 8)), ("norm", nn.BatchNorm1d(8)), ("last", nn.Linear(8, outputs))),
            "2d" => nn.Sequential(
                ("first", nn.Linear(inputs, 8)), ("map", nn.Unflatten(1, [2, 2, 2])), ("norm", nn.BatchNorm2d(2)), ("flat", nn.Flatten()), ("last", nn.Linear(8, outputs))),
            "deviation" => nn.Sequential(("first", nn.Linear(inputs, 8)), ("norm", GanLayer.MinibatchStdDev(4)), ("last", nn.Linear(9, outputs))),
            _ => nn.Sequential(("first", nn.Linear(inputs, 8)), ("last", nn.Linear(8, outputs))),
        };
    }

    private sealed class ConditionalGenerator : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> first = nn.Linear(4, 6);
        private readonly nn.Module<Tensor, Tensor, Tensor> norm = GanLayer.ConditionalBatchNorm1d(6, 3);

        public ConditionalGenerator()
            : base(nameof(ConditionalGenerator)) => RegisterComponents();

        public override Tensor forward(Tensor input, Tensor labels) => norm.call(first.call(input), labels);
    }
}
