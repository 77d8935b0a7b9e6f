using System.Globalization;
using System.Text;

namespace AdversarialKit;

/// <summary>Samples through time, as a strip of figures.</summary>
internal static class ReportSamples
{
    public static string Render(SampleHistory history)
    {
        var shows = history.Shows;
        var fault = history.Fault is { } why ? $"<p class=\"quiet\">{ReportFormat.Html(why)}</p>" : "";
        if (shows.Count == 0)
        {
            return fault.Length == 0 ? "" : $"<section id=\"samples\" class=\"card\"><h2>Samples through time</h2>{fault}</section>";
        }

        var range = Range(shows);
        var text = new StringBuilder($"<section id=\"samples\" class=\"card\" data-interval=\"{history.Interval}\"><h2>Samples through time</h2>").Append(fault);
        text.Append("<p class=\"quiet\">").Append(history.IsOfSamples ? "Always from the same latents." : "").Append(range is null ? "" : $" Both axes from {ReportFormat.Value(-range.Value)} to {ReportFormat.Value(range.Value)}.").Append("</p>");
        text.Append("<div class=\"strip\" tabindex=\"0\">");
        foreach (var show in shows)
        {
            var iteration = ReportFormat.Count(show.Iteration);
            text.Append(CultureInfo.InvariantCulture, $"<figure data-iteration=\"{show.Iteration}\">");
            Append(text, show, range ?? 1, iteration);
            text.Append(CultureInfo.InvariantCulture, $"<figcaption>{iteration}</figcaption></figure>");
        }

        return text.Append("</div></section>").ToString();
    }

    private static void Append(StringBuilder text, SampleShow show, double range, string iteration)
    {
        if (show.Image is { } image)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<img alt=\"Samples after {iteration} iterations\" width=\"{image.Width}\" height=\"{image.Height}\" src=\"data:image/png;base64,{Convert.ToBase64String(image.Png)}\" />");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"<svg class=\"points\" data-range=\"{range:R}\" viewBox=\"-105 -105 210 210\" role=\"img\" aria-label=\"Samples after {iteration} iterations\"><path class=\"axes\" d=\"M-100 0H100M0 -100V100\" /><path class=\"dots\" d=\"");
        for (var i = 0; i + 1 < show.Points.Count; i += 2)
        {
            var (x, y) = (100 * show.Points[i] / range, -100 * show.Points[i + 1] / range);
            if (Math.Abs(x) <= 105 && Math.Abs(y) <= 105)
            {
                text.Append(CultureInfo.InvariantCulture, $"M{x:F1} {y:F1}h0");
            }
        }

        text.Append("\" /></svg>");
    }

    /// <summary>The largest coordinate of nearly all points, so that one that flew off does not shrink the rest; null for images.</summary>
    private static double? Range(IReadOnlyList<SampleShow> shows)
    {
        var sizes = shows.SelectMany(show => show.Points).Select(Math.Abs).Where(float.IsFinite).Order().ToArray();
        return sizes.Length == 0 ? null : Math.Max(1.1 * sizes[(int)(0.995 * (sizes.Length - 1))], 1e-6);
    }
}
