using System.Globalization;
using Microsoft.Data.Analysis;

namespace AdversarialKit;

/// <summary>Tables from DataFrames and back.</summary>
internal static class DataFrames
{
    public static Table ToTable(DataFrame frame) => new([.. frame.Columns.Select(Column)], CultureInfo.InvariantCulture);

    public static DataFrame ToFrame(Table table) => new(table.Data.Select(column => Column(column, table.Culture)));

    private static TableColumn Column(DataFrameColumn column)
    {
        var cells = new string?[column.Length];
        var dateFormat = column.DataType == typeof(DateTime) ? DateFormat(column) : "";
        for (long row = 0; row < column.Length; row++)
        {
            cells[row] = column[row] is DateTime date ? date.ToString(dateFormat, CultureInfo.InvariantCulture) : Cell(column[row], column.Name, row);
        }

        return new TableColumn(column.Name, cells) { Declared = Kind(column) };
    }

    private static ColumnKind? Kind(DataFrameColumn column) => column switch
    {
        BooleanDataFrameColumn => ColumnKind.Boolean,
        _ when column.DataType == typeof(DateTime) => ColumnKind.Date,
        _ when column.IsNumericColumn() => ColumnKind.Number,
        _ => null,
    };

    // One for the whole column, midnights included: a column in two formats would be none of dates.
    private static string DateFormat(DataFrameColumn column)
    {
        var times = column.Cast<object?>().OfType<DateTime>().Select(date => date.TimeOfDay).ToList();
        return times.All(time => time == TimeSpan.Zero) ? "yyyy-MM-dd"
            : times.All(time => time.Milliseconds == 0) ? "yyyy-MM-dd HH:mm:ss"
            : "yyyy-MM-dd HH:mm:ss.fff";
    }

    private static string? Cell(object? value, string column, long row) => value switch
    {
        null => null,
        string text => text.Trim() is { Length: > 0 } trimmed ? trimmed : null,
        bool flag => flag ? "true" : "false",
        double number when double.IsNaN(number) => null,
        float number when float.IsNaN(number) => null,
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => throw new TableException(
            $"Row {row + 1}, column '{column}' holds a {value.GetType().Name}; numbers, bool, DateTime and string can be learned.", row + 1, column),
    };

    private static DataFrameColumn Column(TableColumn column, CultureInfo culture)
    {
        var cells = column.Cells;
        if (All(cells, cell => CellText.TryNumber(cell, culture, out _)))
        {
            return new DoubleDataFrameColumn(column.Name, cells.Select(cell => cell is null ? (double?)null : double.Parse(cell, NumberStyles.Float, culture)));
        }

        if (All(cells, cell => CellText.TryFlag(cell, out _)))
        {
            return new BooleanDataFrameColumn(column.Name, cells.Select(cell => cell is null ? (bool?)null : CellText.TryFlag(cell, out var flag) && flag));
        }

        return All(cells, cell => DateTime.TryParse(cell, culture, DateTimeStyles.None, out _))
            ? new DateTimeDataFrameColumn(column.Name, cells.Select(cell => cell is null ? (DateTime?)null : DateTime.Parse(cell, culture)))
            : new StringDataFrameColumn(column.Name, cells);
    }

    private static bool All(string?[] cells, Func<string, bool> holds) =>
        cells.Any(cell => cell is not null) && cells.All(cell => cell is null || holds(cell));
}
