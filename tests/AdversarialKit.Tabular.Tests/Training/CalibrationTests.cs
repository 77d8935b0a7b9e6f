namespace AdversarialKit.Tests;

public sealed class CalibrationTests
{
    [Fact]
    public void Keep_RowsOfWrongShares_LeavesRightOnes()
    {
        var random = new Random(1);
        var real = Enumerable.Range(0, 1000).Select(i => i < 500 ? "a" : i < 900 ? "b" : "c").ToArray();
        var second = Enumerable.Range(0, 1000).Select(i => i % 10 < 7 ? "x" : "y").ToArray();
        IColumnCodec[] codecs = [CategoryCodec.Of(real, 10), CategoryCodec.Of(second, 10)];
        var rows = new EncodedRows([new TableColumn("1", real), new TableColumn("2", second)], codecs, random);
        // Made: a 30 %, b 30 %, c 40 %; x and y even, y more often with c.
        var codes = Enumerable.Range(0, 20_000).Select(_ => random.NextDouble()).Select(u => u < 0.3 ? 0 : u < 0.6 ? 1 : 2).ToArray();
        var others = codes.Select(code => random.NextDouble() < (code == 2 ? 0.7 : 0.4) ? 1 : 0).ToArray();
        var made = new MadeRows([codes, others], [[], []]);

        var kept = made.Take(Calibration.Of(made, rows, codecs, [[], []], random).Keep(made, wished: null, random));

        kept.Count.Should().BeGreaterThan(5000);
        Share(kept.Codes[0], 0).Should().BeApproximately(0.5, 0.02);
        Share(kept.Codes[0], 2).Should().BeApproximately(0.1, 0.02);
        Share(kept.Codes[1], 0).Should().BeApproximately(0.7, 0.02);
    }

    private static double Share(int[] codes, int code) => (double)codes.Count(c => c == code) / codes.Length;
}
