using AdversarialKit;

namespace Tables;

/// <summary>The first baseline: each column drawn for itself from the real cells. Its columns are perfect, its rows are nonsense.</summary>
internal static class IndependentColumns
{
    public static Table Sample(Table table, int count, int seed)
    {
        var random = new Random(seed);
        return Table.Of([.. table.Columns.Select(column => (column, Cells(table, column, count, random)))]);
    }

    private static IEnumerable<string?> Cells(Table table, string column, int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => table[random.Next(table.RowCount), column])];
}
