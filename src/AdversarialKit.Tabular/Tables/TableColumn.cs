namespace AdversarialKit;

/// <summary>One column: cells as text in the table's culture, null where a value is missing.</summary>
internal sealed record TableColumn(string Name, string?[] Cells)
{
    /// <summary>What the source knew about it, as the type of a DataFrame's column; null where it is to be found.</summary>
    public ColumnKind? Declared { get; init; }

    public TableColumn Rows(IReadOnlyList<int> rows) => this with { Cells = [.. rows.Select(row => Cells[row])] };
}
