using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace System.Runtime.CompilerServices;

/// <summary>
/// What the compiler makes of <c>$"..."</c> in this assembly: it takes a type of this name from the sources before the
/// framework's, which would write numbers and dates as the thread's culture does, with minus signs and direction marks that
/// no file format knows. So every interpolated string here is the same in every culture, without a word about it.
/// </summary>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
internal readonly ref struct DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
{
    private const int LengthOfAHole = 11;
    private readonly StringBuilder _text = new(literalLength + (formattedCount * LengthOfAHole));

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null)
    {
        var text = value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString();
        Append(text, alignment);
    }

    public void AppendFormatted(ReadOnlySpan<char> value) => _text.Append(value);

    /// <summary>The text; the compiler calls it once.</summary>
    public string ToStringAndClear() => _text.ToString();

    private void Append(string? text, int alignment) =>
        _text.Append(alignment < 0 ? (text ?? "").PadRight(-alignment) : (text ?? "").PadLeft(alignment));
}
