using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class StyleMixingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void MixStyles_TakesTheFirstBeforeTheCrossover(long crossover)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Drawn.Normal(2, 4), -Drawn.Normal(2, 4));

        var mixed = GanLayer.MixStyles(first, second, crossover, layers: 3);

        mixed.shape.Should().Equal(2, 3, 4);
        for (var layer = 0; layer < 3; layer++)
        {
            mixed.select(1, layer).eq(layer < crossover ? first : second).all().item<bool>().Should().BeTrue();
        }
    }

    [Fact]
    public void Call_InTrainingMode_MixesAsOftenAsAskedWithEveryCrossover()
    {
        using var scope = NewDisposeScope();
        manual_seed(8);
        using var layer = GanLayer.StyleMixing(layers: 4, probability: 0.6);
        var (first, second) = (zeros(1, 1), ones(1, 1));
        var counts = new int[5];
        for (var i = 0; i < 4_000; i++)
        {
            using var inner = NewDisposeScope();
            counts[4 - (int)layer.call(first, second).sum().ToDouble()]++;
        }

        // Three standard deviations are 93 for the unmixed share and 76 for each crossover's fifth.
        counts[0].Should().Be(0);
        counts[4].Should().BeCloseTo(1_600, 93);
        counts[1..4].Should().OnlyContain(count => Math.Abs(count - 800) <= 76);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(1, true)]
    public void Call_InInferenceModeOrWithOneLayer_TakesTheFirst(long layers, bool training)
    {
        using var scope = NewDisposeScope();
        using var layer = GanLayer.StyleMixing(layers, probability: 1);
        layer.train(training);
        var first = Drawn.Normal(2, 3);

        layer.call(first, -first).eq(first.unsqueeze(1)).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Create_OrMix_OutOfRange_IsToldAtOnce()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (zeros(2, 3), zeros(1, 3));

        ((Action)(() => GanLayer.StyleMixing(0))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("layers");
        ((Action)(() => GanLayer.StyleMixing(2, double.NaN))).Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "The probability of mixing must be between 0 and 1.*");
        ((Action)(() => GanLayer.MixStyles(first, first, 4, 3))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("crossover");
        ((Action)(() => GanLayer.MixStyles(first, second, 1, 3))).Should().Throw<ArgumentException>().WithMessage(
            "Styles of shape [2, 3] were to be mixed with styles of shape [1, 3]; both must be of one shape [N, S]. (Parameter 'second')");
    }
}
