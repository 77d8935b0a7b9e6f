namespace AdversarialKit.Tests;

public sealed class TablePrivacyTests
{
    [Fact]
    public void Compare_SyntheticRowsThatAreCopies_CountsThem()
    {
        var (learned, heldOut) = (Weighed(300), Weighed(300, seed: 2));

        var figures = TablePrivacy.Compare(learned, heldOut, learned.Take([.. Enumerable.Range(0, 100)]), rows: 100);

        figures.Copies.Should().Be(100);
        figures.HeldOutCopies.Should().Be(0);
        figures.Distance.Should().Be(0);
        figures.TooNear.Should().Be(1);
        figures.Rows.Should().Be(100);
    }

    [Fact]
    public void Compare_RealRowsThatWereNotLearned_AreAsNearAsHeldOutOnes()
    {
        var figures = TablePrivacy.Compare(Weighed(500), Weighed(500, seed: 2), Weighed(500, seed: 3), rows: 500);

        figures.Copies.Should().Be(0);
        figures.TooNear.Should().BeInRange(0.01, 0.1);
        figures.Distance.Should().BeApproximately(figures.HeldOutDistance, 0.2 * figures.HeldOutDistance);
    }

    [Fact]
    public void Compare_KnownRows_HasTheDistanceByHand()
    {
        // Ranges: 10. One differs by 2 of 10 in one of two columns, the other in the category.
        var learned = Table.Of(("n", ["0.5", "10.5"]), ("c", ["a", "a"]));
        var figures = TablePrivacy.Compare(learned, Table.Of(("n", ["0.5"]), ("c", ["b"])), Table.Of(("n", ["2.5"]), ("c", ["a"])));

        figures.Distance.Should().BeApproximately(0.1, 1e-6);
        figures.HeldOutDistance.Should().BeApproximately(0.5, 1e-6);
    }

    [Fact]
    public void Compare_HeldOutRowsThatAreLearnedOnesByChance_CountsCopiesNonetheless()
    {
        // A tenth of the held-out rows are learned ones, so half of those are the nearest 5 %.
        var (learned, heldOut) = (Tens(_ => 0.5), Tens(i => i < 10 ? 0.5 : 3.5));

        var figures = TablePrivacy.Compare(learned, heldOut, learned);

        figures.Copies.Should().Be(100);
        figures.HeldOutCopies.Should().Be(10);
        figures.TooNear.Should().BeApproximately(0.5, 1e-12);
        TablePrivacy.Compare(learned, heldOut, heldOut).TooNear.Should().BeApproximately(0.05, 1e-12);
    }

    [Fact]
    public void Compare_TimesOfDecades_TellsSecondsApart()
    {
        Table At(params string[] times) => Table.Of(("at", times));
        var learned = At("2015-01-01 00:00:00", "2020-01-01 00:00:00", "2025-01-01 00:00:00");

        TablePrivacy.Compare(learned, learned, At("2024-12-31 23:59:57")).Copies.Should().Be(0);
    }

    [Fact]
    public void Compare_HeldOutRowsWithAColumnMore_LeavesItOutOfBothDistances()
    {
        var learned = Table.Of(("n", ["0.5", "10.5"]), ("c", ["a", "b"]));

        var figures = TablePrivacy.Compare(learned, Table.Of(("n", ["2.5"]), ("c", ["a"])), Table.Of(("n", ["2.5"])));

        figures.Distance.Should().Be(figures.HeldOutDistance);
    }

    [Fact]
    public void Compare_ColumnsThatABuilderWasToldOf_TakesThemAsTheyAre()
    {
        var table = Table.Of(
            ("code", Enumerable.Range(0, 200).Select(i => i == 7 ? "A12" : $"{100 + (i % 90)}").ToArray()),
            ("n", Enumerable.Range(0, 200).Select(i => $"s{i % 7}").ToArray()));
        using var synthesizer = new TableSynthesizerBuilder().WithCategory("code").WithEpochs(1).WithBatchSize(50).Fit(table);
        var rows = synthesizer.Sample(100);

        FluentActions.Invoking(() => TablePrivacy.Compare(table, table, rows)).Should().Throw<TableException>().WithMessage("*WithCategory(\"code\").");
        TablePrivacy.Compare(table, table, rows, synthesizer.Columns).Rows.Should().Be(100);
        TableSimilarity.Compare(table, rows, synthesizer.Columns).Columns.Select(figure => figure.Column).Should().Equal("code", "n");
        TableSimilarity.Compare(table, rows.Without("code")).Columns.Should().ContainSingle("a column that is not compared need not be understood");
        TableReport.Html(new TableReportContent { Title = "t", Learned = table, HeldOut = table, Synthetic = rows, Columns = synthesizer.Columns }).Should().Contain("code");
    }

    private static Table Tens(Func<int, double> offset) =>
        Table.Of(("n", Enumerable.Range(0, 100).Select(i => ((10 * i) + offset(i)).ToString("F1", System.Globalization.CultureInfo.InvariantCulture)).ToArray()));

    // A number of many decimals, so that no two rows are equal by chance.
    private static Table Weighed(int rows, int seed = 1)
    {
        var random = new Random(100 + seed);
        var table = SmallTable.Draw(rows, seed).Without("id");
        return Table.Of([
            .. table.Columns.Select(column => (column, table.Rows.Select(row => row[column]))),
            ("weight", Enumerable.Range(0, rows).Select(_ => random.NextDouble().ToString("F8", System.Globalization.CultureInfo.InvariantCulture)).ToArray())]);
    }
}
