using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class FidelityDiversityTests
{
    public static IEnumerable<object[]> Cases => MetricData.FeatureCases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_OnGoldenSamples_GivesTheirSharesExactly(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (MetricData.Matrix(name, "x"), MetricData.Matrix(name, "y"));

        ShouldBe(Compare(x, y), Expected("precision", "recall", "density", "coverage"));
        ShouldBe(Compare(x, y, 5, 3), Expected("precision_k5", "recall_k5", "density_k3", "coverage_k3"));

        double[] Expected(params string[] keys) => [.. keys.Select(key => MetricData.Number(name, key))];
    }

    [Theory]
    [InlineData("m.prdc.shift0.6.k2", 0.6, 2)]
    [InlineData("m.prdc.shift0.9.k3", 0.9, 3)]
    public void Compute_OnVectors_GivesTheirShares(string id, double shift, int neighbors)
    {
        using var scope = NewDisposeScope();
        var result = Compare(MetricData.Sines(), MetricData.Cosines() + shift, neighbors, neighbors);

        ShouldBe(result, [Expected("precision"), Expected("recall"), Expected("density"), Expected("coverage")]);

        double Expected(string key) => MetricData.Vector(id).GetProperty(key).GetDouble();
    }

    [Theory]
    [InlineData(ScalarType.Float64, 0)]
    [InlineData(ScalarType.Float32, 0)]
    [InlineData(ScalarType.Float64, 1000)]
    public void Compute_OnIdenticalSets_TellsEveryTieExactly(ScalarType type, double shift)
    {
        using var scope = NewDisposeScope();
        // 3,000 samples are two blocks, and a shift of 1,000 makes the product's rounding as large as the gaps.
        var x = MetricData.Normal(1, 3_000, 7, type) + shift;

        var result = Compare(x, x.clone());

        ShouldBe(result, [1, 1, 1, 1]);
        ShouldBe(Compare(x, x.flip(0)), [1, 1, 1, 1]);
    }

    [Fact]
    public void Compute_OnAGrid_CountsTheBorderForPrecisionAndNotForDensity()
    {
        using var scope = NewDisposeScope();
        // Real 0, 1, 2, 3 with k = 1: every radius is 1. Generated 1 from the ends: on the border of exactly one ball each.
        var real = tensor(new double[,] { { 0 }, { 1 }, { 2 }, { 3 } });
        var fake = tensor(new double[,] { { -1 }, { 4 } });

        var result = Compare(real, fake, 1, 1);

        result.Precision.Should().Be(1);
        result.Density.Should().Be(0);
        result.Coverage.Should().Be(0);
        result.Recall.Should().Be(1, "the two generated samples are 5 apart and reach everything between them");
    }

    [Fact]
    public void Compute_OnBlocks_EqualsPlainDistances()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (MetricData.Normal(1, 2_200, 5), MetricData.Normal(2, 2_000, 5) * 0.8);

        var result = Compare(x, y);

        ShouldBe(result, ByHand(x, y));
    }

    [Fact]
    public void Compute_InBatchesAndOtherOrder_GivesTheSameShares()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (MetricData.Normal(1, 300, 5), MetricData.Normal(2, 300, 5) * 0.8);
        using var metric = new FidelityDiversity(x.flip(0));
        metric.Update(x);
        metric.Compute();
        metric.Reset();
        foreach (var part in y.flip(0).split([1, 99, 200]))
        {
            metric.Update(part);
        }

        ShouldBe(metric.Compute(), [.. Shares(Compare(x, y))]);
    }

    [Fact]
    public void Compute_OnACollapsedGenerator_LosesRecallAndCoverageOnly()
    {
        using var scope = NewDisposeScope();
        var x = MetricData.Normal(1, 1_000, 4);
        var collapsed = (MetricData.Normal(2, 1_000, 4) * 1e-3) + x[0];

        var result = Compare(x, collapsed);

        result.Precision.Should().Be(1);
        result.Recall.Should().BeLessThan(0.01);
        result.Coverage.Should().BeLessThan(0.05);
    }

    [Fact]
    public void Compute_WhenAllGeneratedSamplesAreEqual_DoesNotFail()
    {
        using var scope = NewDisposeScope();
        var x = MetricData.Normal(1, 500, 4);

        var result = Compare(x, x.narrow(0, 3, 1).expand(400, 4));

        result.Precision.Should().Be(1);
        result.Recall.Should().Be(1.0 / 500, "every radius is 0, and one real sample lies on the border");
    }

    [Fact]
    public void Compute_OnFewOrUnequalSamples_Warns()
    {
        using var scope = NewDisposeScope();

        Compare(MetricData.Normal(1, 20, 4), MetricData.Normal(2, 41, 4)).Warnings.Should().Equal(
            "Precision, recall, density, coverage: 41 generated and 20 real samples of width 4 are few; neighbourhoods are wide and precision and recall high by chance. Use at least 1000 of each.",
            "Precision, recall, density, coverage: 41 generated and 20 real samples are compared; the figures depend on both numbers. Use equal numbers to compare with published figures.");
        Compare(MetricData.Normal(1, 1_000, 4), MetricData.Normal(2, 1_000, 4)).Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Constructor_WithTooFewReferences_SaysHowMany()
    {
        var act = () => new FidelityDiversity(ones(5, 2));

        act.Should().Throw<ArgumentException>().WithMessage("The comparison of neighbourhoods needs at least 6 reference samples; got [5, 2]. Give more of them. (Parameter 'real')");
    }

    [Fact]
    public void Compute_Repeatedly_LeavesNoTensorBehind()
    {
        using var scope = NewDisposeScope();
        using var metric = new FidelityDiversity(MetricData.Normal(1, 100, 4));
        var y = MetricData.Normal(2, 100, 4);
        metric.Update(y);
        metric.Compute();
        metric.Reset();
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 3; i++)
        {
            metric.Update(y);
            metric.Compute();
            metric.Reset();
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(live);
    }

    private static FidelityDiversityResult Compare(Tensor real, Tensor generated, int precisionRecall = 3, int densityCoverage = 5)
    {
        using var metric = new FidelityDiversity(real, precisionRecall, densityCoverage);
        metric.Update(generated);
        return metric.Compute();
    }

    private static double[] ByHand(Tensor x, Tensor y)
    {
        var xx = (x.unsqueeze(1) - x.unsqueeze(0)).square().sum(2).sqrt().sort(1).Values;
        var yy = (y.unsqueeze(1) - y.unsqueeze(0)).square().sum(2).sqrt().sort(1).Values;
        var xy = (x.unsqueeze(1) - y.unsqueeze(0)).square().sum(2).sqrt();
        var inside = xy < xx.select(1, 5).unsqueeze(1);
        return
        [
            (xy <= xx.select(1, 3).unsqueeze(1)).any(0).to(ScalarType.Float64).mean().ToDouble(),
            (xy <= yy.select(1, 3).unsqueeze(0)).any(1).to(ScalarType.Float64).mean().ToDouble(),
            inside.sum().ToDouble() / (5.0 * y.shape[0]),
            inside.any(1).to(ScalarType.Float64).mean().ToDouble(),
        ];
    }

    private static double[] Shares(FidelityDiversityResult result) => [result.Precision, result.Recall, result.Density, result.Coverage];

    private static void ShouldBe(FidelityDiversityResult result, double[] expected)
    {
        foreach (var (actual, wanted) in Shares(result).Zip(expected))
        {
            actual.Should().BeApproximately(wanted, 1e-12);
        }
    }
}
