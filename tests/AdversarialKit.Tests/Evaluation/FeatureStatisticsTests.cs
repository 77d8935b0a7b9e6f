using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class FeatureStatisticsTests
{
    [Fact]
    public void Covariance_OfKnownNumbers_DividesByCountLessOne()
    {
        using var scope = NewDisposeScope();
        using var statistics = FeatureStatistics.Of(tensor(new double[,] { { 1, 2 }, { 3, 6 }, { 5, 4 } }));

        statistics.Mean().data<double>().ToArray().Should().Equal(3, 4);
        statistics.Covariance().data<double>().ToArray().Should().Equal(4, 2, 2, 4);
        statistics.Count.Should().Be(3);
        statistics.Width.Should().Be(2);
    }

    [Fact]
    public void Update_InBatchesOfManySizes_EqualsOneBatchEvenFarFromZero()
    {
        using var scope = NewDisposeScope();
        var samples = MetricData.Normal(1, 300, 6) + 1e7;
        using var whole = FeatureStatistics.Of(samples);
        using var streamed = new FeatureStatistics();
        foreach (var part in samples.split([1, 7, 92, 200]))
        {
            streamed.Update(part);
        }

        (streamed.Covariance() - whole.Covariance()).abs().max().ToDouble().Should().BeLessThan(1e-7);
        (streamed.Mean() - whole.Mean()).abs().max().ToDouble().Should().BeLessThan(1e-7);
    }

    [Fact]
    public void Merge_OfTwoHalves_EqualsTheWhole()
    {
        using var scope = NewDisposeScope();
        var samples = MetricData.Normal(2, 100, 5);
        using var whole = FeatureStatistics.Of(samples);
        using var merged = new FeatureStatistics();
        using var first = FeatureStatistics.Of(samples.narrow(0, 0, 30));
        using var second = FeatureStatistics.Of(samples.narrow(0, 30, 70));
        merged.Merge(first);
        merged.Merge(second);

        (merged.Covariance() - whole.Covariance()).abs().max().ToDouble().Should().BeLessThan(1e-14);
        first.Count.Should().Be(30);
        merged.Count.Should().Be(100);
    }

    [Fact]
    public void Update_WithWrongInput_SaysWhatAndWhatIsAllowed()
    {
        using var scope = NewDisposeScope();
        using var statistics = FeatureStatistics.Of(ones(4, 3));
        var spoiled = ones(4, 3);
        spoiled[1, 2] = double.NaN;

        Message(() => statistics.Update(ones(4, 5))).Should().Be("Features of width 3 were expected, as the other set has; got [4, 5]. Use the same extractor for both sets. (Parameter 'batch')");
        Message(() => statistics.Update(ones(4))).Should().Be("Features must be a floating-point tensor [N, F] with at least one row and one column; got Float32 [4]. (Parameter 'batch')");
        Message(() => statistics.Update(ones(4, 3, dtype: ScalarType.Int64))).Should().Be("Features must be a floating-point tensor [N, F] with at least one row and one column; got Int64 [4, 3]. (Parameter 'batch')");
        Message(() => statistics.Update(spoiled)).Should().Be("1 of the 12 values of the features [4, 3] are NaN or infinite. Find out where the generator or the extractor diverged; such samples cannot be judged. (Parameter 'batch')");
        statistics.Count.Should().Be(4);

        static string Message(Action act) => act.Should().Throw<ArgumentException>().Which.Message;
    }

    [Fact]
    public void Covariance_OfOneSample_SaysHowManyAreNeeded()
    {
        using var one = FeatureStatistics.Of(ones(1, 2));

        var act = () => one.Covariance();

        act.Should().Throw<InvalidOperationException>().WithMessage("The covariance needs at least 2 samples; 1 were given. Call Update with more samples before Compute.");
    }
}
