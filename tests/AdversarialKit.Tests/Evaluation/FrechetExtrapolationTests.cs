using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class FrechetExtrapolationTests
{
    [Fact]
    public void Compute_OnSamplesOfTheRealDistribution_TakesTheBiasAway()
    {
        using var scope = NewDisposeScope();
        using var real = FeatureStatistics.Of(MetricData.Normal(1, 40_000, 16));
        var generated = MetricData.Normal(2, 2_000, 16);
        using var metric = new FrechetExtrapolation(real);
        using var statistics = FeatureStatistics.Of(generated);
        metric.Update(generated);

        var result = metric.Compute();

        var plain = FrechetDistance.Between(real, statistics).Value;
        plain.Should().BeGreaterThan(0.03);
        Math.Abs(result.Value).Should().BeLessThan(plain / 3);
        result.Slope.Should().BePositive();
        result.RSquared.Should().BeInRange(0.95, 1);
        result.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Compute_Twice_GivesTheSameBitsAndAnotherSeedOthers()
    {
        using var scope = NewDisposeScope();
        using var real = FeatureStatistics.Of(MetricData.Normal(1, 400, 4));
        using var metric = new FrechetExtrapolation(real, seed: 1);
        using var other = new FrechetExtrapolation(real, seed: 2);
        metric.Update(MetricData.Normal(2, 300, 4));
        other.Update(MetricData.Normal(2, 300, 4));

        metric.Compute().Value.Should().Be(metric.Compute().Value);
        other.Compute().Value.Should().NotBe(metric.Compute().Value);
    }

    [Fact]
    public void Compute_WithSmallSubsets_Warns()
    {
        using var scope = NewDisposeScope();
        using var real = FeatureStatistics.Of(MetricData.Normal(1, 400, 8));
        using var metric = new FrechetExtrapolation(real);
        metric.Update(MetricData.Normal(2, 89, 8));

        metric.Compute().Warnings.Should().Equal(
            "Extrapolated Frechet distance: the smallest subset has 8 samples, not more than the feature width 8, where the distance is no straight line over 1/N. Use at least 1000 generated samples.");
    }
}
