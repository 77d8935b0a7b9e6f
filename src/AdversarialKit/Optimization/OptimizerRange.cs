using System.Globalization;
using System.Runtime.CompilerServices;

namespace AdversarialKit;

/// <summary>The ranges that optimizers share, and how their numbers are printed.</summary>
internal static class OptimizerRange
{
    public static void AtLeastZero(double value, string what, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value) || value < 0)
        {
            throw new ArgumentOutOfRangeException(name, $"The {what} is {Text(value)}; it must be a finite number of at least 0.");
        }
    }

    public static void AboveZero(double value, string what, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value) || value <= 0)
        {
            throw new ArgumentOutOfRangeException(name, $"The {what} is {Text(value)}; it must be a finite number above 0.");
        }
    }

    public static void BelowOne(double value, string what, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, $"The {what} is {Text(value)}; it must be at least 0 and below 1.");
        }
    }

    public static string Text(double value) => value.ToString("g", CultureInfo.InvariantCulture);
}
