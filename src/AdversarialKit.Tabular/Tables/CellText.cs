using System.Globalization;

namespace AdversarialKit;

/// <summary>What a cell's text can mean.</summary>
internal static class CellText
{
    private static readonly string[] TrueWords = ["true", "yes", "y", "t"];
    private static readonly string[] FalseWords = ["false", "no", "n", "f"];

    public static bool TryNumber(string text, CultureInfo culture, out double number) =>
        double.TryParse(text, NumberStyles.Float, culture, out number) && double.IsFinite(number);

    public static bool TryFlag(string text, out bool flag)
    {
        flag = TrueWords.Contains(text, StringComparer.OrdinalIgnoreCase);
        return flag || FalseWords.Contains(text, StringComparer.OrdinalIgnoreCase);
    }
}
