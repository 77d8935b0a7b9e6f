using System.Globalization;

namespace AdversarialKit;

/// <summary>How messages write shapes, numbers and foreign errors.</summary>
internal static class Text
{
    public static string Shape(Tensor tensor) => Sizes(tensor.shape);

    public static string Sizes(IEnumerable<long> sizes) => $"[{string.Join(", ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Native errors carry a page of C++ frames behind their first line.</summary>
    public static string FirstLine(Exception error)
    {
        var message = error.Message.AsSpan().TrimStart();
        var end = message.IndexOfAny('\r', '\n');
        return (end < 0 ? message : message[..end]).TrimEnd().ToString();
    }
}
