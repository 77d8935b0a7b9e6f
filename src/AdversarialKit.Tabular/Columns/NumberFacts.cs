using System.Globalization;

namespace AdversarialKit;

/// <summary>Decimals, step and limits of a column of numbers.</summary>
internal static class NumberFacts
{
    private const int MostDecimals = 15;
    private const int MostDecimalsOfAStep = 6;

    public static TableColumnInfo Of(TableColumnInfo info, IEnumerable<string> cells, double[] values, CultureInfo culture, ColumnWish wish)
    {
        var decimals = cells.Max(cell => Decimals(cell, culture));
        var step = wish.Step ?? (decimals > MostDecimalsOfAStep ? 0 : CommonStep(values, decimals));
        return WithLimits(info with { Decimals = decimals, Step = step }, values, wish);
    }

    public static TableColumnInfo WithLimits(TableColumnInfo info, double[] values, ColumnWish wish)
    {
        var (least, greatest) = (wish.Minimum ?? values.Min(), wish.Maximum ?? values.Max());
        return least <= greatest
            ? info with { Minimum = least, Maximum = greatest }
            : throw new TableException(
                $"Column '{info.Name}' has the minimum {Text.Number(least)} above its maximum {Text.Number(greatest)}; give WithNumber limits in order.",
                row: null,
                info.Name);
    }

    private static int Decimals(string cell, CultureInfo culture)
    {
        if (cell.Contains('e', StringComparison.OrdinalIgnoreCase))
        {
            return MostDecimals;
        }

        var separator = culture.NumberFormat.NumberDecimalSeparator;
        var point = cell.IndexOf(separator, StringComparison.Ordinal);
        return point < 0 ? 0 : Math.Min(MostDecimals, cell.Length - point - separator.Length);
    }

    // The greatest step that all differences are multiples of: 5 for prices in steps of 5, 0.25 for quarters.
    private static double CommonStep(double[] values, int decimals)
    {
        var (scale, origin, common) = (Math.Pow(10, decimals), values[0], 0L);
        foreach (var value in values)
        {
            var difference = Math.Abs(Math.Round((value - origin) * scale));
            if (difference > long.MaxValue / 4)
            {
                return 0;
            }

            common = Divisor(common, (long)difference);
            if (common == 1)
            {
                break;
            }
        }

        return Math.Max(1, common) / scale;
    }

    private static long Divisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
