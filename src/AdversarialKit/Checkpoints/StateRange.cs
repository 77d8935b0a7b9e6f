using System.Globalization;

namespace AdversarialKit;

/// <summary>
/// The ranges of the numbers in a state. Sums can be renewed by who alters a file, and a number that no run can have reached
/// overflows later: then the next checkpoint holds what can never be loaded.
/// </summary>
internal static class StateRange
{
    /// <summary>A million a second for thirty thousand years; adding to it for as long again does not overflow.</summary>
    public const long MostCounted = 1_000_000_000_000_000_000;

    // What torch's optimizers and ours call means and sums of squares or of sizes.
    private static readonly HashSet<string> _neverNegative = new(
        ["exp_avg_sq", "max_exp_avg_sq", "square_avg", "acc_delta", "sum", "exp_inf", "step_size"], StringComparer.Ordinal);

    public static bool IsCount(long value) => value is >= 0 and <= MostCounted;

    /// <exception cref="ArgumentException">The number is no count.</exception>
    public static long Count(string name, long value) => IsCount(value)
        ? value
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{name}' in the state is {value}; a count is from 0 to {MostCounted}."));

    /// <summary>Numbers that an optimizer carries along: not NaN, and where they sum up squares or sizes not negative. Infinity may come of a large gradient.</summary>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static void CheckMoments(string field, string name, Tensor moments)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (moments.numel() == 0)
        {
            return;
        }

        // Of numbers with a NaN among them the least is NaN.
        var least = moments.min().to(ScalarType.Float64).item<double>();
        if (double.IsNaN(least))
        {
            throw new ArgumentException($"'{name}' in the state holds NaN, from which no optimizer goes on.");
        }

        if (least < 0 && _neverNegative.Contains(field))
        {
            throw new ArgumentException($"'{name}' in the state goes down to {Text.Number(least)}; it sums up what is never negative.");
        }
    }

    /// <summary>Learning rates and the like: finite and at least 0, or below 1 as well.</summary>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static double[] Rates(string name, double[] rates, bool belowOne)
    {
        foreach (var rate in rates)
        {
            if (!double.IsFinite(rate) || rate < 0 || (belowOne && rate >= 1))
            {
                throw new ArgumentException($"'{name}' in the state is {Text.Number(rate)}; it must be a finite number of at least 0{(belowOne ? " and below 1" : "")}.");
            }
        }

        return rates;
    }
}
