using System.Globalization;
using Microsoft.Data.Analysis;

namespace AdversarialKit;

/// <summary>A table in memory: named columns of cells as text, null where a value is missing. It does not change.</summary>
public sealed class Table
{
    private readonly TableColumn[] _columns;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    internal Table(IReadOnlyList<TableColumn> columns, CultureInfo culture)
    {
        if (columns.Count == 0)
        {
            throw new TableException("The table has no column; it needs at least one.");
        }

        _columns = [.. columns];
        Culture = culture;
        RowCount = _columns[0].Cells.Length;
        for (var i = 0; i < _columns.Length; i++)
        {
            var name = _columns[i].Name;
            if (!_places.TryAdd(name, i))
            {
                throw new TableException(
                    $"Column {i + 1} is named '{name}', as column {_places[name] + 1} is; each column needs a name of its own.", row: null, name);
            }

            if (_columns[i].Cells.Length != RowCount)
            {
                throw new TableException(
                    $"Column '{name}' has {_columns[i].Cells.Length} cells, column '{_columns[0].Name}' has {RowCount}; all need the same number.", row: null, name);
            }
        }

        Columns = [.. _columns.Select(column => column.Name)];
    }

    /// <summary>The names of the columns, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many rows it has.</summary>
    public int RowCount { get; }

    /// <summary>The culture that its numbers and dates are written in.</summary>
    public CultureInfo Culture { get; }

    /// <summary>Its rows, in order.</summary>
    public IEnumerable<TableRow> Rows => Enumerable.Range(0, RowCount).Select(row => new TableRow(this, row));

    /// <summary>A cell.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column's name.</param>
    /// <returns>Its text, or null where the value is missing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="TableException">There is no such column.</exception>
    public string? this[int row, string column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
            return Column(column).Cells[row];
        }
    }

    internal IReadOnlyList<TableColumn> Data => _columns;

    /// <summary>A table of columns with their cells, in the invariant culture.</summary>
    /// <param name="columns">Names and cells; all of the same number.</param>
    /// <returns>The table.</returns>
    /// <exception cref="TableException">There is no column, a name stands twice, or the numbers of cells differ.</exception>
    public static Table Of(params (string Name, IEnumerable<string?> Cells)[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new([.. columns.Select(column => new TableColumn(column.Name, [.. column.Cells]))], CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a CSV file: a header of names, then rows; quotes as in RFC 4180; any byte order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written; null for the defaults.</param>
    /// <returns>The table.</returns>
    /// <exception cref="TableException">A row has more or fewer cells than the header, a quote is never closed, a name stands twice, or there is no header.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Table ReadCsv(string path, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var reader = new StreamReader(path);
        return ReadCsv(reader, options);
    }

    /// <summary>Reads CSV; see <see cref="ReadCsv(string, CsvOptions)"/>.</summary>
    /// <param name="reader">Its text. Remains the caller's.</param>
    /// <param name="options">How it is written; null for the defaults.</param>
    /// <returns>The table.</returns>
    /// <exception cref="TableException">As there.</exception>
    public static Table ReadCsv(TextReader reader, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new CsvReading(options ?? new CsvOptions()).Read(reader);
    }

    /// <summary>A table of a DataFrame's columns. Their types are kept: numbers, booleans, dates; strings are looked at as those of a file.</summary>
    /// <param name="frame">The frame. Remains the caller's, and is not changed.</param>
    /// <returns>The table.</returns>
    /// <exception cref="TableException">The frame has no column, or one of a type that is none of these.</exception>
    public static Table FromDataFrame(DataFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return DataFrames.ToTable(frame);
    }

    /// <summary>A DataFrame of its columns: of double where all cells are numbers, of bool, of DateTime, else of string.</summary>
    /// <returns>A new frame.</returns>
    public DataFrame ToDataFrame() => DataFrames.ToFrame(this);

    /// <summary>Writes it as CSV: comma between cells (semicolon where the culture has a decimal comma), quotes where needed, UTF-8 without a mark.</summary>
    /// <param name="path">The file, which is replaced.</param>
    public void WriteCsv(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var writer = new StreamWriter(path);
        WriteCsv(writer);
    }

    /// <summary>Writes it as CSV; see <see cref="WriteCsv(string)"/>.</summary>
    /// <param name="writer">Where to. Remains the caller's.</param>
    public void WriteCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        CsvWriting.Write(this, writer);
    }

    /// <summary>A table of some of its rows.</summary>
    /// <param name="rows">Their numbers, from 0; each as often as it is named.</param>
    /// <returns>A new table.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Table Take(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row, nameof(rows));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount, nameof(rows));
        }

        return new Table([.. _columns.Select(column => column.Rows(rows))], Culture);
    }

    /// <summary>A table without some of its columns.</summary>
    /// <param name="columns">Their names.</param>
    /// <returns>A new table.</returns>
    /// <exception cref="TableException">There is no such column, or none is left.</exception>
    public Table Without(params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var left = columns.Select(Column).ToHashSet();
        return new Table([.. _columns.Where(column => !left.Contains(column))], Culture);
    }

    internal TableColumn Column(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _places.TryGetValue(name, out var place)
            ? _columns[place]
            : throw new TableException($"There is no column '{name}'; the table has {Text.List(Columns)}.", row: null, name);
    }

    internal bool Has(string name) => _places.ContainsKey(name);
}
