namespace AdversarialKit.Tests.Reporting;

public sealed class BoundedSeriesTests
{
    [Fact]
    public void Add_FewPoints_KeepsEachAsItIs()
    {
        var series = new BoundedSeries();

        series.Add(1, 0.25);
        series.Add(3, -4);

        series.Buckets.Should().Equal(SeriesBucket.Of(1, 0.25), SeriesBucket.Of(3, -4));
    }

    [Fact]
    public void Add_AHundredThousandPoints_StaysBoundedAndKeepsExtremesMeanAndOrder()
    {
        var series = new BoundedSeries();
        for (var i = 1; i <= 100_000; i++)
        {
            series.Add(i, i switch { 54_321 => 1_000, 76_543 => -500, _ => 1 });
        }

        var buckets = series.Buckets;

        buckets.Should().HaveCountLessThanOrEqualTo(BoundedSeries.Capacity).And.HaveCountGreaterThan(BoundedSeries.Capacity / 2);
        buckets.Sum(b => (long)b.Count).Should().Be(100_000);
        buckets.Max(b => b.High).Should().Be(1_000);
        buckets.Min(b => b.Low).Should().Be(-500);
        buckets.Sum(b => b.Sum).Should().Be(100_498);
        buckets.Select(b => b.First).Should().BeInAscendingOrder();
        buckets[0].First.Should().Be(1);
        buckets[^1].Last.Should().Be(100_000);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Add_NotFinite_LeavesItOut(double value)
    {
        var series = new BoundedSeries();

        series.Add(1, value);

        series.Buckets.Should().BeEmpty();
    }
}
