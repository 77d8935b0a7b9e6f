using System.Globalization;

namespace MnistGan;

/// <summary>Quantities as people read them.</summary>
internal static class Wording
{
    /// <summary>A length of time: <c>4.2 s</c>, <c>3:07 min</c>, <c>1:02:07 h</c>.</summary>
    public static string Span(TimeSpan time) => time switch
    {
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h"),
    };

    /// <summary>A number of bytes: <c>9.2 MB</c>.</summary>
    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB");
}
