using System.Globalization;

namespace AdversarialKit;

/// <summary>A row as a rule sees it.</summary>
public readonly record struct TableRow
{
    private readonly Table? _table;
    private readonly int _row;

    internal TableRow(Table table, int row) => (_table, _row) = (table, row);

    /// <summary>A cell's text.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>The text, or null where the value is missing.</returns>
    /// <exception cref="TableException">There is no such column.</exception>
    public string? this[string column] => Table[_row, column];

    private Table Table => _table ?? throw new InvalidOperationException("This row belongs to no table; rows come from Table.Rows and to rules.");

    /// <summary>A cell as a number.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>The number, or null where the value is missing.</returns>
    /// <exception cref="TableException">There is no such column, or the cell is no number.</exception>
    public double? Number(string column) => this[column] is not { } text ? null
        : CellText.TryNumber(text, Table.Culture, out var number) ? number
        : throw IsNo("number", column, text);

    /// <summary>A cell as a date.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>The date, or null where the value is missing.</returns>
    /// <exception cref="TableException">There is no such column, or the cell is no date.</exception>
    public DateTime? Date(string column) => this[column] is not { } text ? null
        : DateTime.TryParse(text, Table.Culture, DateTimeStyles.None, out var date) ? date
        : throw IsNo("date", column, text);

    /// <summary>A cell as true or false.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>The value, or null where it is missing.</returns>
    /// <exception cref="TableException">There is no such column, or the cell is neither.</exception>
    public bool? Flag(string column) => this[column] is not { } text ? null
        : CellText.TryFlag(text, out var flag) ? flag
        : throw IsNo("boolean", column, text);

    private TableException IsNo(string kind, string column, string text) =>
        new($"Row {_row + 1}, column '{column}': '{Text.Cut(text)}' is no {kind}.", _row + 1, column);
}
