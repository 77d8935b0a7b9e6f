using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdversarialKit;

/// <summary>
/// The curves as JSON for the page's script. Six digits are more than a screen shows; System.Text.Json escapes what could
/// end the script element.
/// </summary>
internal static class ReportData
{
    public static string Of(ReportContent content)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            // What a run that goes on reads, beside the curves; see EarlierReport.
            json.WriteNumber("seed", content.Seed);
            json.WriteNumber("iteration", content.Progress?.Iteration ?? 0);
            json.WriteStartArray("charts");
            foreach (var chart in content.Charts.Visible)
            {
                Write(json, chart);
            }

            json.WriteEndArray();
            json.WriteStartArray("diagnoses");
            foreach (var diagnosis in content.Diagnoses)
            {
                json.WriteNumberValue(diagnosis.Iteration);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Chart chart)
    {
        json.WriteStartObject();
        json.WriteString("title", chart.Title);
        json.WriteString("unit", chart.Unit);
        json.WriteBoolean("smooth", chart.Smooth);
        json.WriteBoolean("dots", chart.Dots);
        json.WriteBoolean("figure", chart.IsFigure);
        json.WriteStartArray("curves");
        foreach (var curve in chart.Visible)
        {
            Write(json, curve);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ChartCurve curve)
    {
        var buckets = curve.Series.Buckets;
        json.WriteStartObject();
        json.WriteString("name", curve.Name);
        json.WriteNumber("colour", curve.Colour);
        json.WriteNumber("points", curve.Series.PointsPerBucket);
        json.WriteNumber("lastPoints", buckets.Count > 0 ? buckets[^1].Count : 0);
        json.WriteStartArray("x");
        foreach (var bucket in buckets)
        {
            json.WriteNumberValue(bucket.Iteration);
        }

        json.WriteEndArray();
        Write(json, "mean", buckets.Select(b => b.Mean));
        // Where every bucket is one point, its extremes are the point.
        if (buckets.Any(b => b.Count > 1))
        {
            Write(json, "low", buckets.Select(b => b.Low));
            Write(json, "high", buckets.Select(b => b.High));
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            // A sum near the largest double overflows.
            json.WriteRawValue(double.IsFinite(value) ? value.ToString("G6", CultureInfo.InvariantCulture) : "null");
        }

        json.WriteEndArray();
    }
}
