using System.Globalization;

namespace AdversarialKit;

/// <summary>Format and step of a column of dates.</summary>
internal static class DateFacts
{
    private const double Day = 86_400;

    private static readonly string[] Known =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ssZ",
        "yyyy-MM-dd HH:mm:ss.fff", "yyyy-MM-ddTHH:mm:ss.fff", "yyyy/MM/dd", "dd.MM.yyyy", "d.M.yyyy", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss",
        "MM/dd/yyyy", "M/d/yyyy", "MM/dd/yyyy HH:mm", "M/d/yyyy H:mm", "dd/MM/yyyy", "d/M/yyyy", "dd/MM/yyyy HH:mm",
    ];

    /// <summary>The first format that reads all cells, those of the culture first; or null.</summary>
    public static string? Format(IReadOnlyCollection<string> cells, CultureInfo culture)
    {
        string[] own = culture == CultureInfo.InvariantCulture ? [] : [culture.DateTimeFormat.ShortDatePattern];
        return cells.Count == 0 ? null : own.Concat(Known).FirstOrDefault(format => cells.All(cell => TrySeconds(cell, format, culture, out _)));
    }

    public static bool TrySeconds(string cell, string format, CultureInfo culture, out double seconds)
    {
        var read = DateTime.TryParseExact(cell, format, culture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date);
        seconds = (double)date.Ticks / TimeSpan.TicksPerSecond;
        return read;
    }

    public static string Write(double seconds, string format, CultureInfo culture)
    {
        // Whole milliseconds first: doubles of so many ticks lie 128 apart.
        var ticks = (long)Math.Round(seconds * 1000) * TimeSpan.TicksPerMillisecond;
        return new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc).ToString(format, culture);
    }

    public static double Step(double[] seconds) =>
        new double[] { Day, 3600, 60, 1 }.FirstOrDefault(step => seconds.All(s => s % step == 0), 0.001);
}
