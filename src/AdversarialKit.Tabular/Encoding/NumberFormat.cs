using System.Globalization;

namespace AdversarialKit;

/// <summary>Numbers and dates of a column as text and back: step, limits, decimals, culture.</summary>
internal sealed class NumberFormat(TableColumnInfo info, CultureInfo culture)
{
    private const double MostOfDecimal = 1e15;

    public double Read(string cell) => TryRead(cell, out var value)
        ? value
        : throw new TableException($"Column '{info.Name}': '{Text.Cut(cell)}' is no {(info.DateFormat is null ? "number" : "date")}.", row: null, info.Name);

    public bool TryRead(string cell, out double value) => info.DateFormat is { } format
        ? DateFacts.TrySeconds(cell, format, culture, out value)
        : CellText.TryNumber(cell, culture, out value);

    public string Write(double value)
    {
        value = Math.Clamp(value, info.Minimum, info.Maximum);
        if (info.Step > 0)
        {
            var steps = Math.Round((value - info.Minimum) / info.Step);
            value = info.Minimum + (Math.Min(steps, Math.Floor(((info.Maximum - info.Minimum) / info.Step) + 1e-6)) * info.Step);
        }

        if (info.DateFormat is { } format)
        {
            return DateFacts.Write(value, format, culture);
        }

        // 0.1 + 0.2 is not to be seen: decimal rounds to what the column's cells had.
        return Math.Abs(value) < MostOfDecimal && info.Decimals < 15
            ? Math.Round((decimal)value, info.Decimals).ToString(info.Step >= 1 || info.Decimals > 6 ? null : $"F{info.Decimals}", culture)
            : value.ToString("R", culture);
    }
}
