namespace AdversarialKit.Tests;

public sealed class TableSimilarityTests
{
    [Fact]
    public void Compare_TheSameTable_IsOne()
    {
        var table = Table.Of(("n", Numbers(100, i => i * 0.5)), ("c", Cells(100, i => i % 3 == 0 ? "a" : "b")));

        var figures = TableSimilarity.Compare(table, table);

        figures.ColumnSimilarity.Should().Be(1);
        figures.PairSimilarity.Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void Compare_KnownDifferences_AreTheFigures()
    {
        // Shifted by a tenth of the range; shares of 1/4 and 3/4 against 1/2 and 1/2.
        var real = Table.Of(("n", Numbers(100, i => i)), ("c", Cells(100, i => i < 25 ? "a" : "b")));
        var synthetic = Table.Of(("n", Numbers(100, i => i + 10)), ("c", Cells(100, i => i < 50 ? "a" : "b")));

        var figures = TableSimilarity.Compare(real, synthetic);

        figures.Columns[0].Similarity.Should().BeApproximately(0.9, 1e-12);
        figures.Columns[1].Similarity.Should().BeApproximately(0.75, 1e-12);
    }

    [Fact]
    public void Compare_DependenceLost_IsSeenInThePairAlone()
    {
        var real = Table.Of(("a", Cells(400, i => i % 2 == 0 ? "x" : "y")), ("b", Cells(400, i => i % 2 == 0 ? "x" : "y")));
        var synthetic = Table.Of(("a", Cells(400, i => i % 2 == 0 ? "x" : "y")), ("b", Cells(400, i => i % 4 < 2 ? "x" : "y")));

        var figures = TableSimilarity.Compare(real, synthetic);

        figures.ColumnSimilarity.Should().BeApproximately(1, 1e-12);
        figures.PairSimilarity.Should().BeApproximately(0.5, 1e-12);
        figures.Pairs[0].RealAssociation.Should().BeApproximately(1, 1e-12);
        figures.Pairs[0].SyntheticAssociation.Should().BeApproximately(0, 1e-12);
    }

    [Fact]
    public void Compare_MissingValues_Count()
    {
        var real = Table.Of(("n", Numbers(100, i => i)));
        var synthetic = Table.Of(("n", Enumerable.Range(0, 100).Select(i => i < 20 ? null : $"{i}.00")));

        TableSimilarity.Compare(real, synthetic).ColumnSimilarity.Should().BeApproximately(0.8, 1e-12);
    }

    [Fact]
    public void Compare_NothingInCommon_SaysSo()
    {
        var comparing = () => TableSimilarity.Compare(Table.Of(("a", Cells(9, _ => "x"))), Table.Of(("b", Cells(9, _ => "x"))));

        comparing.Should().Throw<TableException>().WithMessage("The tables have no column in common that can be compared: 'a' and 'b'.");
    }

    private static IEnumerable<string?> Numbers(int count, Func<int, double> number) => Enumerable.Range(0, count).Select(i => $"{number(i):F2}");

    private static IEnumerable<string?> Cells(int count, Func<int, string> cell) => Enumerable.Range(0, count).Select(cell);
}
