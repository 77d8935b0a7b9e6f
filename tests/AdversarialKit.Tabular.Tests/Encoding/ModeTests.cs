using System.Globalization;

namespace AdversarialKit.Tests;

public sealed class ModeTests
{
    [Fact]
    public void Overlap_OfModes_IsOneWhereTheyAreTheSameAndFallsWithDistanceAndWidth()
    {
        var mode = new Mode(0.5, 3, 2);

        mode.Overlap(mode).Should().BeApproximately(1, 1e-12);
        mode.Overlap(new Mode(0.1, 7, 2)).Should().BeApproximately(Math.Exp(-0.5), 1e-12);
        mode.Overlap(new Mode(0.1, 3, 4)).Should().BeApproximately(Math.Sqrt(0.8), 1e-12);
    }

    [Fact]
    public void Merge_ThreeModesOfWhichTwoAreAlike_LeavesTwoWithMeanAndVarianceOfAll()
    {
        var merged = Mode.Merge([new Mode(0.3, 10, 1), new Mode(0.6, 50, 2), new Mode(0.1, 10.4, 1)], most: 0.9);

        merged.Should().HaveCount(2);
        merged[0].Weight.Should().BeApproximately(0.4, 1e-12);
        merged[0].Mean.Should().BeApproximately(10.1, 1e-12);
        // 1 within, and 0.4 * 0.4 * 0.75 * 0.25 between.
        merged[0].Deviation.Should().BeApproximately(Math.Sqrt(1.03), 1e-12);
        merged[1].Should().Be(new Mode(0.6, 50, 2));
    }

    [Fact]
    public void Fit_TwoBells_AreTwoModes()
    {
        var random = new Random(1);
        var cells = Enumerable.Range(0, 5000).Select(i => ((i % 2 == 0 ? 25 : 70) + (5 * Bell(random))).ToString("F3", CultureInfo.InvariantCulture)).ToArray();
        var format = new NumberFormat(new TableColumnInfo { Name = "c", Kind = ColumnKind.Number, Decimals = 3 }, CultureInfo.InvariantCulture);

        var codec = NumberCodecFitting.Fit(format, cells, modes: 10, fewValues: 20, new Random(1));

        codec.State.Means.Count(mean => mean is > 20 and < 30).Should().Be(1);
        codec.State.Means.Count(mean => mean is > 65 and < 75).Should().Be(1);
        codec.State.Weights.Where(weight => weight > 0.4).Should().HaveCount(2);
    }

    private static double Bell(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
