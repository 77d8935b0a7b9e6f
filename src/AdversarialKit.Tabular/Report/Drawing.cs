using System.Net;
using System.Text;

namespace AdversarialKit;

/// <summary>The report's pictures, as SVG.</summary>
internal static class Drawing
{
    private const int Width = 240;
    private const int Height = 120;
    private const int Bins = 24;
    private const int MostBars = 10;
    private const int MostNames = 14;

    /// <summary>Histograms of a column of numbers, one over the other, between the 0.5 and 99.5 % quantiles of the real ones.</summary>
    public static string Histogram(ColumnView view)
    {
        var sorted = view.RealNumbers.Where(number => !double.IsNaN(number)).Order().ToArray();
        if (sorted.Length == 0)
        {
            return "<p class=\"note\">no value</p>";
        }

        var (low, high) = (sorted[(int)(0.005 * (sorted.Length - 1))], sorted[(int)(0.995 * (sorted.Length - 1))]);
        high = high > low ? high : low + 1;
        var (real, synthetic) = (Binned(view.RealNumbers, low, high), Binned(view.SyntheticNumbers, low, high));
        var top = Math.Max(real.Max(), synthetic.Max());
        var picture = Begin(Width, Height + 14);
        var width = (double)Width / Bins;
        for (var bin = 0; bin < Bins; bin++)
        {
            Bar(picture, bin * width, width - 1, real[bin] / top, ReportStyle.Real, 0.65);
            Bar(picture, bin * width, width - 1, synthetic[bin] / top, ReportStyle.Synthetic, 0.55);
        }

        Label(picture, 0, Height + 11, Short(view, low), "start");
        Label(picture, Width, Height + 11, Short(view, high), "end");
        return End(picture);
    }

    /// <summary>Shares of the most frequent categories, side by side.</summary>
    public static string Bars(ColumnView view)
    {
        var shares = view.Shares().Take(MostBars).ToList();
        var top = shares.Max(share => Math.Max(share.Real, share.Synthetic));
        var picture = Begin(Width, 16 * shares.Count);
        for (var i = 0; i < shares.Count; i++)
        {
            var (value, real, synthetic) = shares[i];
            var name = value.Length == 0 ? "(missing)" : value;
            Name(picture, 78, (16 * i) + 11, name);
            Rectangle(picture, 84, (16 * i) + 1, 150 * real / top, 6, ReportStyle.Real, 1);
            Rectangle(picture, 84, (16 * i) + 8, 150 * synthetic / top, 6, ReportStyle.Synthetic, 1);
        }

        return End(picture);
    }

    /// <summary>Two curves over the same points.</summary>
    public static string Lines(double[] x, double[] first, double[] second)
    {
        const int top = 14;
        var (low, high) = (first.Concat(second).Min(), first.Concat(second).Max());
        var picture = Begin(Width, top + Height + 14);
        foreach (var (values, colour) in new[] { (first, ReportStyle.Real), (second, ReportStyle.Synthetic) })
        {
            var points = x.Zip(values, (at, value) => $"{Width * at / x[^1]:F1},{top + Height - (Height * (value - low) / Math.Max(1e-12, high - low)):F1}");
            _ = picture.Put($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.2\" points=\"{string.Join(' ', points)}\"/>");
        }

        Label(picture, 0, 9, Text.Number(Math.Round(high, 2)), "start");
        Label(picture, 0, top + Height + 11, Text.Number(Math.Round(low, 2)), "start");
        Label(picture, Width, top + Height + 11, $"iteration {x[^1]:F0}", "end");
        return End(picture);
    }

    /// <summary>A number for each pair, as a matrix of shades.</summary>
    public static string Matrix(IReadOnlyList<ColumnView> views, IEnumerable<PairFigure> pairs, Func<PairFigure, double> number, string title)
    {
        const int side = 300;
        const int margin = 70;
        var cell = (double)(side - margin) / views.Count;
        var places = views.Select((view, place) => (view.Name, place)).ToDictionary(view => view.Name, view => view.place, StringComparer.Ordinal);
        var picture = Begin(side, side);
        foreach (var pair in pairs)
        {
            var (value, i, j) = (Math.Clamp(number(pair), 0, 1), places[pair.First], places[pair.Second]);
            foreach (var (x, y) in new[] { (i, j), (j, i) })
            {
                _ = picture.Put($"<rect x=\"{margin + (x * cell):F1}\" y=\"{y * cell:F1}\" width=\"{cell - 0.5:F1}\" height=\"{cell - 0.5:F1}\" fill=\"{Shade(value)}\"><title>{Encode(pair.First)}, {Encode(pair.Second)}, {title}: {value:F3}</title></rect>");
            }
        }

        foreach (var (name, place) in places)
        {
            Name(picture, margin - 3, (place * cell) + (cell / 2) + 3, name);
            var at = $"{margin + (place * cell) + (cell / 2) + 3:F1} {side - margin + 3}";
            _ = picture.Put($"<text transform=\"translate({at}) rotate(-90)\" text-anchor=\"end\">{Encode(Shortened(name))}</text>");
        }

        return End(picture);
    }

    /// <summary>Shares of the classes of two columns, real beside synthetic.</summary>
    public static string Joint(ColumnView first, ColumnView second)
    {
        var picture = Begin(Width, 116);
        var (real, synthetic) = (Shares(first, second, first.Real, second.Real), Shares(first, second, first.Synthetic, second.Synthetic));
        var top = Math.Max(real.Values.Max(), synthetic.Values.DefaultIfEmpty(0).Max());
        // Classes that no row of either has would leave most of the picture empty.
        var (columns, lines) = (Used(real, synthetic, pair => pair.First), Used(real, synthetic, pair => pair.Second));
        var (width, height) = (116.0 / columns.Count, 116.0 / lines.Count);
        foreach (var (shares, left) in new[] { (real, 0), (synthetic, 124) })
        {
            foreach (var (pair, share) in shares)
            {
                var (i, j) = (columns.IndexOf(pair.First), lines.IndexOf(pair.Second));
                Rectangle(picture, left + (i * width), 116 - ((j + 1) * height), width - 0.5, height - 0.5, Shade(Math.Sqrt(share / top)), 1);
            }
        }

        return End(picture);
    }

    private static List<int> Used(
        Dictionary<(int First, int Second), double> real, Dictionary<(int First, int Second), double> synthetic, Func<(int First, int Second), int> part) =>
        [.. real.Keys.Concat(synthetic.Keys).Select(part).Distinct().Order()];

    private static Dictionary<(int First, int Second), double> Shares(ColumnView first, ColumnView second, int[] ofFirst, int[] ofSecond) => ofFirst
        .Zip(ofSecond)
        .GroupBy(pair => pair)
        .ToDictionary(group => group.Key, group => (double)group.Count() / ofFirst.Length);

    private static double[] Binned(IReadOnlyList<double> numbers, double low, double high)
    {
        var shares = new double[Bins];
        foreach (var number in numbers)
        {
            if (number >= low && number <= high)
            {
                shares[Math.Min(Bins - 1, (int)((number - low) / (high - low) * Bins))] += 1.0 / numbers.Count;
            }
        }

        return shares;
    }

    private static string Short(ColumnView view, double number) => view.Info.DateFormat is null
        ? Text.Number(number)
        : DateFacts.Write(number, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    // White to dark blue.
    private static string Shade(double share) => $"rgb({255 - (215 * share):F0},{255 - (165 * share):F0},{255 - (95 * share):F0})";

    private static StringBuilder Begin(int width, int height) => new($"<svg viewBox=\"0 0 {width} {height}\" role=\"img\">");

    private static string End(StringBuilder picture) => picture.Append("</svg>").ToString();

    // From the left edge to x; what is wider, as words in capitals are, is drawn narrower instead of cut.
    private static void Name(StringBuilder picture, double x, double y, string name)
    {
        const double capital = 7.2;
        const double other = 5.6;
        var shown = Shortened(name);
        var fit = shown.Sum(letter => char.IsUpper(letter) ? capital : other) > x ? $" textLength=\"{x:F0}\" lengthAdjust=\"spacingAndGlyphs\"" : "";
        _ = picture.Put($"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"end\"{fit}>{Encode(shown)}</text>");
    }

    private static string Shortened(string name) => name.Length > MostNames ? $"{name[..MostNames]}." : name;

    private static void Bar(StringBuilder picture, double x, double width, double share, string colour, double opacity) =>
        Rectangle(picture, x, Height - (Height * share), width, Height * share, colour, opacity);

    private static void Rectangle(StringBuilder picture, double x, double y, double width, double height, string colour, double opacity) =>
        _ = picture.Put($"<rect x=\"{x:F1}\" y=\"{y:F1}\" width=\"{width:F1}\" height=\"{height:F1}\" fill=\"{colour}\" fill-opacity=\"{opacity}\"/>");

    private static void Label(StringBuilder picture, double x, double y, string text, string anchor) =>
        _ = picture.Put($"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\">{Encode(text)}</text>");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
