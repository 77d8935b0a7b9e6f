using System.Globalization;

namespace AdversarialKit;

/// <summary>Words of messages.</summary>
internal static class Text
{
    private const int Longest = 40;
    private const int Most = 8;

    public static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        var shown = string.Join(", ", all.Take(Most).Select(name => $"'{Cut(name)}'"));
        return all.Count > Most ? $"{shown} and {all.Count - Most} more" : shown;
    }

    public static string Cut(string text) => text.Length <= Longest ? text : $"{text[..Longest]}...";

    public static string Number(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    public static string Share(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
