using System.Globalization;
using System.Numerics;

namespace DigitService;

/// <summary>Numbers of a query, each with its range.</summary>
internal sealed class QueryNumbers(IQueryCollection query)
{
    private const int Shown = 40;

    /// <summary>A whole number; what it is where it is not given, or null where it must be.</summary>
    public long Whole(string name, long? usual, long least, long most) =>
        Number(name, usual, least, most, "a whole number", (text, culture) => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : null);

    public double Real(string name, double? usual, double least, double most) =>
        Number<double>(name, usual, least, most, "a number", ParseReal);

    /// <summary>Numbers with commas between them.</summary>
    public float[] List(string name, int count, double least, double most)
    {
        var text = query[name].ToString();
        var numbers = Array.ConvertAll(text.Split(','), part => ParseReal(part, CultureInfo.InvariantCulture));
        return numbers.Length == count && Array.TrueForAll(numbers, number => number >= least && number <= most)
            ? Array.ConvertAll(numbers, number => (float)number!.Value)
            : throw new BadRequestException(string.Create(
                CultureInfo.InvariantCulture, $"{name} is {Quote(text)}; it must be {count} numbers from {least} to {most} with commas between them."));
    }

    private T Number<T>(string name, T? usual, T least, T most, string kind, Func<string, CultureInfo, T?> parse) where T : struct, INumber<T>
    {
        var text = query[name].ToString();
        if (text.Length == 0 && usual is { } value)
        {
            return value;
        }

        return parse(text, CultureInfo.InvariantCulture) is { } number && number >= least && number <= most
            ? number
            : throw new BadRequestException(string.Create(
                CultureInfo.InvariantCulture, $"{name} is {Quote(text)}; it must be {kind} from {least} to {most}."));
    }

    // NaN is in no range.
    private static double? ParseReal(string text, CultureInfo culture) =>
        double.TryParse(text, NumberStyles.Float, culture, out var number) ? number : null;

    private static string Quote(string text) => text.Length == 0 ? "missing" : $"'{(text.Length > Shown ? text[..Shown] + "..." : text)}'";
}
