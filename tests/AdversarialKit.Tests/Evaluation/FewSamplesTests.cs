using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>No figure of too few samples passes in silence, whichever of its sets is the small one.</summary>
public sealed class FewSamplesTests
{
    [Theory]
    [InlineData(4, 3_000, 2)]
    [InlineData(3_000, 4, 2)]
    [InlineData(150, 3_000, 3)]
    [InlineData(3_000, 150, 3)]
    public void KernelDistance_FewOfOneSetInABlock_Warns(int generated, int real, int blocks)
    {
        using var scope = NewDisposeScope();
        using var metric = new KernelDistance(MetricData.Normal(1, real, 4));
        metric.Update(MetricData.Normal(2, generated, 4));

        metric.Compute().Warnings.Should().Equal(FormattableString.Invariant(
            $"Kernel distance: {generated} generated and {real} real samples in {blocks} blocks leave {Math.Min(generated, real) / blocks} of a set in a block, too few for the estimate and its standard error. Use at least {100 * blocks} of each."));
    }

    [Fact]
    public void KernelDistance_AHundredOfBothInABlock_IsQuiet()
    {
        using var scope = NewDisposeScope();
        using var metric = new KernelDistance(MetricData.Normal(1, 3_000, 4));
        metric.Update(MetricData.Normal(2, 300, 4));

        metric.Compute().Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData(20, 3_000, "generated")]
    [InlineData(3_000, 20, "real")]
    public void FrechetDistance_FewOfOneSetOfNarrowFeatures_Warns(int generated, int real, string few)
    {
        using var scope = NewDisposeScope();
        using var a = FeatureStatistics.Of(MetricData.Normal(1, real, 2));
        using var b = FeatureStatistics.Of(MetricData.Normal(2, generated, 2));

        FrechetDistance.Between(a, b).Warnings.Should().Equal(
            $"Frechet distance: 20 {few} samples of width 2 are few and the value is biased upwards. Use at least 100.");
    }

    [Fact]
    public void FrechetExtrapolation_FewRealSamples_Warns()
    {
        using var scope = NewDisposeScope();
        using var real = FeatureStatistics.Of(MetricData.Normal(1, 4, 2));
        using var metric = new FrechetExtrapolation(real);
        metric.Update(MetricData.Normal(2, 3_000, 2));

        metric.Compute().Warnings.Should().Equal(
            "Extrapolated Frechet distance: 4 real samples of width 2 are few and the value is biased upwards. Use at least 100.");
    }

    [Fact]
    public void FrechetExtrapolation_SubsetsAboveTheWidthYetSmall_Warns()
    {
        using var scope = NewDisposeScope();
        using var real = FeatureStatistics.Of(MetricData.Normal(1, 400, 2));
        using var metric = new FrechetExtrapolation(real);
        metric.Update(MetricData.Normal(2, 100, 2));

        metric.Compute().Warnings.Should().Equal(
            "Extrapolated Frechet distance: the smallest subset has 10 samples of width 2, few for a straight line over 1/N. Use at least 1000 generated samples.");
    }

    [Fact]
    public void Memorization_FewTrainingSamples_Warns()
    {
        using var scope = NewDisposeScope();
        using var metric = new Memorization(MetricData.Normal(1, 4, 2), MetricData.Normal(2, 200, 2));
        metric.Update(MetricData.Normal(3, 200, 2));

        metric.Compute().Warnings.Should().Equal("Memorization: 4 training samples are few to be near to; nothing then looks copied. Use at least 100.");
    }

    [Theory]
    [InlineData(3_000, 20, "Frechet distance: 20 real", "Kernel distance:", "Precision, recall", "Mode count: 20 real")]
    [InlineData(20, 3_000, "Frechet distance: 20 generated", "Kernel distance:", "Precision, recall", "Classifier score: 20", "Mode count: 20 samples")]
    public void Judge_FewOfOneSet_EveryFigureWarns(int generated, int real, params string[] figures)
    {
        using var scope = NewDisposeScope();
        using var judge = new SampleQuality(MetricData.Normal(1, real, 8), MetricData.Normal(3, real, 8).softmax(1));

        var warnings = judge.Judge(MetricData.Normal(2, generated, 8), MetricData.Normal(4, generated, 8).softmax(1)).Warnings;

        figures.Should().OnlyContain(figure => warnings.Any(warning => warning.StartsWith(figure, StringComparison.Ordinal)), string.Join("\n", warnings));
    }
}
