namespace AdversarialKit.Tests;

public sealed class QuantileMapTests
{
    [Fact]
    public void Map_MadeNumbers_GetTheRealDistributionInTheirOrder()
    {
        double[] made = [.. Enumerable.Range(0, 1000).Select(i => Math.Sqrt(i))];
        double[] real = [.. Enumerable.Range(0, 500).Select(i => 100.0 + i)];

        var map = QuantileMap.Of([.. made], real);

        var mapped = made.Select(map.Map).ToList();
        mapped.Should().BeInAscendingOrder();
        mapped[0].Should().Be(100);
        mapped[^1].Should().Be(599);
        mapped[500].Should().BeApproximately(349.7, 0.5);
        map.Map(1e9).Should().Be(599);
    }

    [Fact]
    public void Map_OfOneValue_LeavesNumbersAsTheyAre() => QuantileMap.Of([5, 5, 5], [1, 2]).Map(7).Should().Be(7);
}
