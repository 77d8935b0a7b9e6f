using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class NoiseInjectionTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Call_InTrainingMode_DrawsAnewForEverySampleAndPixelFromTheSharedGenerator()
    {
        using var scope = NewDisposeScope();
        using var layer = WithStrength(2);
        using var reference = new Generator(31);
        manual_seed(31);

        var added = layer.call(zeros(3, 2, 4, 5));

        added[.., 0].eq(added[.., 1]).all().item<bool>().Should().BeTrue("all channels get the same");
        added[.., 0].eq(2 * randn([3, 4, 5], generator: reference)).all().item<bool>().Should().BeTrue();
        layer.call(zeros(3, 2, 4, 5)).eq(added).any().item<bool>().Should().BeFalse();
    }

    [Fact]
    public void Call_InInferenceMode_IsOneFixedMapAndDrawsNothing()
    {
        using var scope = NewDisposeScope();
        using var layer = WithStrength(1);
        layer.eval();
        using var before = random.get_rng_state();

        var (first, second) = (layer.call(zeros(3, 2, 4, 5)), layer.call(zeros(1, 2, 4, 5)));

        first[0].eq(first[2]).all().item<bool>().Should().BeTrue();
        first[0].eq(second[0]).all().item<bool>().Should().BeTrue();
        first.std().ToDouble().Should().BeInRange(0.6, 1.4);
        random.get_rng_state().eq(before).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Call_Fresh_AddsNothing()
    {
        using var scope = NewDisposeScope();
        using var layer = GanLayer.NoiseInjection();
        var input = Drawn.Normal(2, 3, 2, 2);

        layer.call(input).eq(input).all().item<bool>().Should().BeTrue();
        layer.state_dict().Keys.Should().Equal("strength");
    }

    [Fact]
    public void LoadCheckpoint_OfAGeneratorWithNoiseAndMixing_GoesOnBitForBitWhateverWasSampled()
    {
        using var real = Drawn.Normal(8, 2, 4, 4);
        using var unbroken = Gan(1);
        var expected = Train(unbroken, real, 8);
        using (var first = Gan(1))
        {
            Train(first, real, 4).Should().Equal(expected.Take(4));
            first.Sample(3).Dispose();
            first.SaveCheckpoint(_folder.Path);
        }

        using var resumed = Gan(2);
        resumed.LoadCheckpoint(_folder.Path);

        Train(resumed, real, 4).Should().Equal(expected.Skip(4));
    }

    [Theory]
    [InlineData(new long[] { 2, 3, 4 }, null, "NoiseInjection was given an input of shape [2, 3, 4]; it takes [N, C, H, W]. (Parameter 'input')")]
    [InlineData(new long[] { 2, 3, 4, 5 }, new long[] { 2, 3, 4, 5 }, "NoiseInjection was given noise of shape [2, 3, 4, 5] for an input of shape [2, 3, 4, 5]; it takes "
        + "[2, 1, 4, 5], or a 1 in front for all samples. (Parameter 'noise')")]
    public void Add_OfShapesThatDoNotFit_SaysWhatItTakes(long[] input, long[]? noise, string message)
    {
        using var scope = NewDisposeScope();
        using var layer = GanLayer.NoiseInjection();
        var (maps, drawn) = (zeros(input), zeros(noise ?? input));

        layer.Invoking(l => l.Add(maps, drawn)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    private static NoiseInjection WithStrength(double strength)
    {
        var layer = GanLayer.NoiseInjection();
        using var noGrad = no_grad();
        layer.get_parameter("strength")!.fill_(strength);
        return layer;
    }

    private static Gan Gan(long seed)
    {
        manual_seed(seed);
        var discriminator = nn.Sequential(nn.Conv2d(2, 4, 4), nn.LeakyReLU(0.2), nn.Flatten(), nn.Linear(4, 1));
        return Toy.Builder(new StyledGenerator(), discriminator).Build();
    }

    private static double[] Train(Gan gan, Tensor real, int iterations) =>
        [.. Enumerable.Range(0, iterations).Select(_ => gan.TrainStep(real)).Select(step => step.Discriminator.Loss + step.Generator.Loss)];
}
