using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class GumbelSoftmaxTests
{
    [Fact]
    public void Call_Hard_DrawsExactlyOneCategoryAsOftenAsItsProbabilitySays()
    {
        using var scope = NewDisposeScope();
        manual_seed(17);
        using var layer = GanLayer.GumbelSoftmax(0.5, hard: true);
        var logits = tensor(new[] { 1f, 0f, -1f }).expand(20_000, 3);

        var drawn = layer.call(logits);

        drawn.eq(0).logical_or(drawn.eq(1)).all().item<bool>().Should().BeTrue();
        drawn.sum(1).eq(1).all().item<bool>().Should().BeTrue();

        // Three standard deviations of a share of 20,000 draws are 0.0105.
        drawn.mean([0]).ShouldBeClose(logits[0].softmax(0).Numbers(), 0.0105);
    }

    [Fact]
    public void Call_Hard_HasTheGradientOfTheSoftDraw()
    {
        using var scope = NewDisposeScope();
        var uniform = Drawn.Normal(6, 4).sigmoid();
        double[] Gradient(bool hard)
        {
            using var layer = GanLayer.GumbelSoftmax(0.5, hard);
            var logits = Drawn.Normal(6, 4).requires_grad_(true);
            (layer.By(logits, uniform) * arange(4)).sum().backward();
            return logits.GradientNumbers();
        }

        Gradient(hard: true).Should().Equal(Gradient(hard: false)).And.Contain(number => number != 0);
    }

    [Fact]
    public void Call_InBFloat16_StaysOfThatTypeAndFinite()
    {
        using var scope = NewDisposeScope();
        using var layer = GanLayer.GumbelSoftmax(0.2);

        var drawn = layer.call(zeros(500, 4, dtype: ScalarType.BFloat16));

        drawn.dtype.Should().Be(ScalarType.BFloat16);
        drawn.isfinite().all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Sample_OfAGeneratorThatDraws_DisturbsNoTrainingAndDoesNotRepeatItself()
    {
        using var scope = NewDisposeScope();
        var real = nn.functional.one_hot(arange(8).remainder(6), 6).to(ScalarType.Float32);
        using var undisturbed = Gan();
        var expected = Train(undisturbed, real, 6);

        using var gan = Gan();
        var seen = Train(gan, real, 3);
        using var latents = gan.DrawLatents(50);
        var (first, second) = (gan.Generate(latents), gan.Generate(latents));

        first.eq(second).all().item<bool>().Should().BeFalse("the categories are drawn anew");
        seen.Concat(Train(gan, real, 3)).Should().Equal(expected);
    }

    [Fact]
    public void Sample_BySeed_IsTheSameWhateverElseDrewFromTorch()
    {
        using var scope = NewDisposeScope();
        using var first = Gan();
        using var second = Gan();
        var expected = first.Sample(20);
        rand(100);

        second.Sample(20).eq(expected).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void FixedSamples_OfACategoricalGenerator_AreTheSameAndMoveNoStream()
    {
        using var scope = NewDisposeScope();
        using var plain = Gan();
        using var observed = Gan();

        observed.System.FixedSamples(20).Equals(observed.System.FixedSamples(20)).Should().BeTrue();

        observed.Sample(20).Equals(plain.Sample(20)).Should().BeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Create_TemperatureOutOfRange_IsToldAtOnce(double temperature)
    {
        var create = () => GanLayer.GumbelSoftmax(temperature);

        create.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(temperature)).WithMessage("The temperature must be a finite number above 0.*");
    }

    [Fact]
    public void By_OfShapesThatDoNotFit_SaysWhatItTakes()
    {
        using var scope = NewDisposeScope();
        using var layer = GanLayer.GumbelSoftmax();
        var (logits, uniform, scalar) = (zeros(2, 3), rand(2, 1), zeros([]));

        layer.Invoking(l => l.By(logits, uniform)).Should().Throw<ArgumentException>().WithMessage(
            "GumbelSoftmax was given uniform numbers of shape [2, 1] for logits of shape [2, 3]; it takes one for each logit. (Parameter 'uniform')");
        layer.Invoking(l => l.call(scalar)).Should().Throw<ArgumentException>().WithMessage(
            "GumbelSoftmax was given logits of shape []; it takes [..., K]. (Parameter 'logits')");
    }

    private static Gan Gan()
    {
        manual_seed(4);
        return Toy.Builder(nn.Sequential(nn.Linear(4, 6), GanLayer.GumbelSoftmax(0.5, hard: true)), Toy.Discriminator()).Build();
    }

    private static double[] Train(Gan gan, Tensor real, int iterations) =>
        [.. Enumerable.Range(0, iterations).Select(_ => gan.TrainStep(real)).Select(step => step.Discriminator.Loss + step.Generator.Loss)];
}
