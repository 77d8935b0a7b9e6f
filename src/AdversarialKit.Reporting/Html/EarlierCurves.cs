using System.Text.Json;
using static AdversarialKit.EarlierReport;

namespace AdversarialKit;

/// <summary>The curves of an earlier page, from the JSON that its script draws them from.</summary>
internal static class EarlierCurves
{
    private const int MostCharts = 1_000;
    private const int LongestName = 10_000;
    private const int MostPoints = 1 << 30;

    /// <summary>Reads the curves up to an iteration.</summary>
    /// <param name="charts">The page's charts.</param>
    /// <param name="reached">The iteration that the page's run had reached.</param>
    /// <param name="iteration">Where the run goes on.</param>
    public static IReadOnlyList<EarlierCurve> Read(JsonElement charts, long reached, long iteration)
    {
        Require(charts.GetArrayLength() <= MostCharts, "it has too many charts");
        return [.. charts.EnumerateArray().SelectMany(chart => chart.GetProperty("curves").EnumerateArray().Select(curve => Curve(chart, curve, reached, iteration)))];
    }

    private static EarlierCurve Curve(JsonElement chart, JsonElement curve, long reached, long iteration)
    {
        var (title, name) = (Name(chart.GetProperty("title")), Name(curve.GetProperty("name")));
        var points = curve.GetProperty("points").GetInt32();
        var last = curve.GetProperty("lastPoints").GetInt32();
        Require(points is >= 1 and <= MostPoints && int.IsPow2(points) && last >= 1 && last <= points, "a curve's buckets cannot be");
        var x = Numbers(curve, "x", value => value.GetInt64());
        var mean = Numbers(curve, "mean", Value);
        var isSpread = curve.TryGetProperty("low", out _);
        var (low, high) = isSpread ? (Numbers(curve, "low", Value), Numbers(curve, "high", Value)) : (mean, mean);
        Require(x.Length == mean.Length && x.Length == low.Length && x.Length == high.Length, "a curve's numbers are not as many");
        Require(x.Length is > 0 and <= BoundedSeries.Capacity && x[0] >= 0 && x.Zip(x.Skip(1)).All(pair => pair.First <= pair.Second), "a curve goes back in time");

        // A bucket shows its middle. It ends before the next one's middle, and the last one where the run stood.
        var kept = Enumerable.Range(0, x.Length).TakeWhile(i => (points == 1 ? x[i] : i + 1 < x.Length ? x[i + 1] : reached) <= iteration);
        return new EarlierCurve(title, name, chart.GetProperty("figure").GetBoolean(), points, [.. kept.Select(Bucket)]);

        SeriesBucket Bucket(int i)
        {
            var count = i + 1 < x.Length ? points : last;
            return new SeriesBucket(x[i], x[i], count, low[i], high[i], mean[i] * count);
        }
    }

    private static string Name(JsonElement text)
    {
        var name = text.GetString();
        Require(!string.IsNullOrWhiteSpace(name) && name.Length <= LongestName, "a curve has no name");
        return name!;
    }

    private static T[] Numbers<T>(JsonElement curve, string name, Func<JsonElement, T> read) => [.. curve.GetProperty(name).EnumerateArray().Select(read)];

    /// <summary>A sum near the largest double is written as null.</summary>
    private static double Value(JsonElement number) => number.ValueKind == JsonValueKind.Null ? double.NaN : number.GetDouble();
}
