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
