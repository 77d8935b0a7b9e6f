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
        if (wish.Step is { } told)
        {
            // The grid is the minimum and so many steps: their decimals are to be written.
            return WithLimits(info with { Decimals = Math.Max(decimals, Math.Max(Decimals(told), Decimals(wish.Minimum ?? 0))), Step = told }, values, wish);
        }

        var step = decimals > MostDecimalsOfAStep ? 0 : CommonStep(values, decimals);
        return WithLimits(info with { Decimals = decimals, Step = step }, values, step > 0 && wish.Minimum is { } least ? wish with { Minimum = OnGrid(values.Min(), least, step) } : wish);
    }

    // A step that was found lies on the table's values: the least of their grid that the told minimum allows.
    private static double OnGrid(double value, double least, double step) => value - (Math.Floor(((value - least) / step) + 1e-9) * step);

    private static int Decimals(double number) => Decimals(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

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
