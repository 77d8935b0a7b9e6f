using System.Globalization;

namespace AdversarialKit;

/// <summary>How a CSV file is written.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between two cells.</summary>
    /// <value>Null by default: the one of comma, semicolon, tab and bar that stands most often in the first line, outside of quotes.</value>
    public char? Delimiter { get; init; }

    /// <summary>The culture of its numbers and dates.</summary>
    /// <value>The invariant culture by default: a point before decimals, no separators of thousands.</value>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Cells that stand for no value, compared without regard to case after spaces are cut off.</summary>
    /// <value>An empty cell, NA, NaN and null by default.</value>
    public IReadOnlyList<string> Missing { get; init; } = ["", "NA", "NaN", "null"];
}
