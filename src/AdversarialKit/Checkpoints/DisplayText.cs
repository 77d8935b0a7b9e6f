using System.Globalization;
using System.Text;

namespace AdversarialKit;

/// <summary>Puts what a file holds into messages: a hostile name must not fill a log or forge a line of it.</summary>
internal static class DisplayText
{
    private const int LongestName = 120;
    private const int LongestMessage = 400;

    public static string Quote(string name) => $"'{Clip(name, LongestName)}'";

    /// <summary>What a parser said: it may quote the file.</summary>
    public static string Message(Exception error) => Clip(error.Message, LongestMessage);

    private static string Clip(string text, int longest)
    {
        var clipped = new StringBuilder();
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, longest)))
        {
            if (char.IsControl(character) || char.IsSurrogate(character))
            {
                clipped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                clipped.Append(character);
            }
        }

        return clipped.Append(text.Length > longest ? "..." : "").ToString();
    }

    /// <summary>Such as <c>F32 [64, 1, 28, 28]</c>.</summary>
    public static string Tensor(ScalarType type, IEnumerable<long> shape) =>
        $"{SafetensorsTypes.Name(type)} {Shape(shape)}";

    public static string Shape(IEnumerable<long> shape) =>
        $"[{string.Join(", ", shape.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)))}]";
}
