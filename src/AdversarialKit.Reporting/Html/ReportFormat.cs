using System.Globalization;
using System.Net;

namespace AdversarialKit;

/// <summary>How the report writes numbers, times and foreign text.</summary>
internal static class ReportFormat
{
    public static string Value(double value) => double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "–";

    public static string Percent(double share) =>
        double.IsFinite(share) ? (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %" : "–";

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A duration; its spaces do not break.</summary>
    public static string Span(TimeSpan span)
    {
        var text = span switch
        {
            { TotalMinutes: < 1 } => span.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s",
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours} h {span.Minutes} min"),
        };
        return text.Replace(' ', '\u00a0');
    }

    /// <summary>Text that a page shows as it is, whatever stands in it; without control characters, which XML forbids.</summary>
    public static string Html(string text) =>
        WebUtility.HtmlEncode(string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t')));
}
