using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class FrechetDistanceTests
{
    public static IEnumerable<object[]> Cases => MetricData.FeatureCases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_OnGoldenSamples_GivesTheirDistance(string name)
    {
        using var scope = NewDisposeScope();

        var result = Distance(MetricData.Matrix(name, "x"), MetricData.Matrix(name, "y"));

        var expected = MetricData.Number(name, "fid");
        result.Value.Should().BeApproximately(expected, name.StartsWith("singular", StringComparison.Ordinal) ? 1e-5 : 1e-6 * Math.Max(1e-6, Math.Abs(expected)));
        result.MeanTerm.Should().BeApproximately(MetricData.Number(name, "fid_mean_term"), 1e-9);
    }

    [Fact]
    public void Compute_OnVectors_GivesTheirDistance()
    {
        using var scope = NewDisposeScope();

        var full = Distance(MetricData.Sines(), MetricData.Cosines());
        var singular = Distance(MetricData.Sines(0), MetricData.Cosines(0));

        full.Value.Should().BeApproximately(MetricData.Vector("m.fid").GetDouble(), 1e-8);
        full.MeanTerm.Should().BeApproximately(MetricData.Vector("m.fid.mean_only").GetDouble(), 1e-9);
        singular.Value.Should().BeApproximately(MetricData.Vector("m.fid.rank_deficient").GetDouble(), 1e-6);
    }

    [Fact]
    public void Compute_OnGaussiansWithCommutingCovariances_MeetsTheClosedForm()
    {
        using var scope = NewDisposeScope();
        // Whitened samples have exactly mean 0 and covariance I; then the distance is |m|^2 + sum (s1 - s2)^2.
        var white = Whitened(MetricData.Normal(3, 500, 3));
        var first = white * tensor(new double[] { 1, 2, 3 });
        var second = (white * tensor(new double[] { 2, 2, 0.5 })) + tensor(new double[] { 1, -2, 0 });

        Distance(first, second).Value.Should().BeApproximately(1 + 4 + 1 + 0 + 6.25, 1e-9);
    }

    [Fact]
    public void Compute_OnGaussiansWhoseCovariancesDoNotCommute_MeetsTheClosedForm()
    {
        using var scope = NewDisposeScope();
        var white = Whitened(MetricData.Normal(4, 400, 2));
        // C1 = diag(4, 1); C2 = B'B = [[2, 1], [1, 1]]; for 2x2: tr sqrt(C1 C2) = sqrt(tr + 2 sqrt(det)) = sqrt(9 + 2 * 2).
        var first = white * tensor(new double[] { 2, 1 });
        var second = mm(white, tensor(new double[,] { { 1, 0 }, { 1, 1 } }));

        Distance(first, second).Value.Should().BeApproximately(5 + 3 - (2 * Math.Sqrt(13)), 1e-9);
    }

    [Fact]
    public void Update_InBatchesInAnyOrder_EqualsOneBatch()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (MetricData.Normal(5, 200, 8), MetricData.Normal(6, 150, 8) * 1.3);
        using var statistics = FeatureStatistics.Of(x);
        using var metric = new FrechetDistance(statistics);
        metric.Update(x);
        metric.Reset();
        foreach (var part in y.flip(0).split([1, 49, 100]))
        {
            metric.Update(part);
        }

        metric.Compute().Value.Should().BeApproximately(Distance(x, y).Value, 1e-11);
        metric.Compute().Samples.Should().Be(150);
    }

    [Fact]
    public void Compute_OnIdenticalSingularSets_IsZeroWithinRounding()
    {
        using var scope = NewDisposeScope();
        var x = MetricData.Normal(7, 10, 40);

        Distance(x, x).Value.Should().BeInRange(0, 1e-5);
    }

    [Fact]
    public void Compute_WithFewerSamplesThanFeatures_GivesAValueAndAWarning()
    {
        using var scope = NewDisposeScope();

        var result = Distance(MetricData.Matrix("singular_n10_d16", "x"), MetricData.Matrix("singular_n10_d16", "y"));

        result.Warnings.Should().Equal(
            "Frechet distance: 10 real samples of width 16 give a singular covariance and a value far too high. Use at least 160.",
            "Frechet distance: 12 generated samples of width 16 give a singular covariance and a value far too high. Use at least 160.");
        Distance(MetricData.Normal(1, 16, 16), MetricData.Normal(2, 17, 16)).Warnings.Should().Equal(
            "Frechet distance: 16 real samples of width 16 give a singular covariance and a value far too high. Use at least 160.",
            "Frechet distance: 17 generated samples of width 16 are few and the value is biased upwards. Use at least 160.");
        Distance(MetricData.Normal(1, 160, 16), MetricData.Normal(2, 160, 16)).Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Between_StatisticsOfOtherWidths_SaysBoth()
    {
        using var narrow = FeatureStatistics.Of(ones(4, 2));
        using var wide = FeatureStatistics.Of(ones(4, 3));

        var act = () => FrechetDistance.Between(narrow, wide);

        act.Should().Throw<ArgumentException>().WithMessage("Statistics of width 2 cannot be compared with statistics of width 3. Use the same extractor for both. (Parameter 'generated')");
    }

    [Fact]
    public void Compute_BeforeUpdate_SaysWhatToCall()
    {
        using var real = FeatureStatistics.Of(ones(4, 2));
        using var metric = new FrechetDistance(real);

        var act = metric.Compute;

        act.Should().Throw<InvalidOperationException>().WithMessage("The Frechet distance needs at least 2 generated samples; 0 were given. Call Update with more samples before Compute.");
    }

    private static FrechetDistanceResult Distance(Tensor real, Tensor generated)
    {
        using var first = FeatureStatistics.Of(real);
        using var second = FeatureStatistics.Of(generated);
        return FrechetDistance.Between(first, second);
    }

    private static Tensor Whitened(Tensor samples)
    {
        var centred = samples - samples.mean([0]);
        var (q, _) = linalg.qr(centred);
        return q * Math.Sqrt(samples.shape[0] - 1);
    }
}
