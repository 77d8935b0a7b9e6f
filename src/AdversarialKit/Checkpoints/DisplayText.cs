using System.Globalization;
using System.Text;

namespace AdversarialKit;

/// <summary>Puts what a file holds into messages: a hostile name must not fill a log or forge a line of it.</summary>
internal static class DisplayText
{
    private const int LongestName = 120;

    public static string Quote(string name)
    {
        var text = new StringBuilder("'");
        foreach (var character in name.AsSpan(0, Math.Min(name.Length, LongestName)))
        {
            if (char.IsControl(character) || char.IsSurrogate(character))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                text.Append(character);
            }
        }

        return text.Append(name.Length > LongestName ? "...'" : "'").ToString();
    }

    /// <summary>Such as <c>F32 [64, 1, 28, 28]</c>.</summary>
    public static string Tensor(ScalarType type, IEnumerable<long> shape) =>
        $"{SafetensorsTypes.Name(type)} {Shape(shape)}";

    public static string Shape(IEnumerable<long> shape) =>
        $"[{string.Join(", ", shape.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)))}]";
}
