namespace AdversarialKit.Tests;

internal static class TableExtensions
{
    /// <summary>Some columns of a table.</summary>
    public static Table Only(this Table table, params string[] columns) =>
        Table.Of([.. columns.Select(column => (column, table.Rows.Select(row => row[column])))]);
}
