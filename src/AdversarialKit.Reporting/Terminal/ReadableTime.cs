using System.Globalization;

namespace AdversarialKit;

/// <summary>Lengths of time as people read them.</summary>
public static class ReadableTime
{
    /// <summary>As <c>4.2 s</c>, <c>3:07 min</c>, <c>1:02:07 h</c>.</summary>
    /// <param name="time">At least zero.</param>
    /// <returns>The text, the same in every culture.</returns>
    public static string Of(TimeSpan time) => time switch
    {
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h"),
    };
}
