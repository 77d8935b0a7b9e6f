using System.Globalization;
using System.Text;

namespace AdversarialKit.Benchmarks;

/// <summary>Draws a comparison as bars: time of an iteration by that of the hand-written loop.</summary>
internal static class ComparisonChart
{
    private const int Left = 250;
    private const int Unit = 300;
    private const int Row = 18;
    private const int Width = Left + (Unit * 14 / 10) + 60;

    private static readonly string[] _colours = ["#1f6feb", "#79b8ff", "#8c959f", "#d29922", "#57ab5a", "#347d39"];

    public static string Draw(IReadOnlyList<WorkloadResult> results)
    {
        var bars = new StringBuilder();
        var top = 40;
        foreach (var result in results)
        {
            bars.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"8\" y=\"{top + 13}\" font-weight=\"bold\">{result.Workload}</text>");
            foreach (var (row, index) in result.Contenders.Select((row, index) => (row, index)))
            {
                DrawBar(bars, row, _colours[index % _colours.Length], top);
                top += Row;
            }

            top += Row / 2;
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{top + 8}" font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="white"/>
            <text x="8" y="22" font-size="14">Time of an iteration; 1 is the hand-written TorchSharp loop</text>
            {bars}<line x1="{Left + Unit}" y1="32" x2="{Left + Unit}" y2="{top}" stroke="#57606a" stroke-dasharray="3 3"/>
            </svg>

            """);
    }

    private static void DrawBar(StringBuilder bars, ContenderResult row, string colour, int top)
    {
        var ratio = row.RatioToHandWritten ?? 0;
        var length = Unit * Math.Min(ratio, 1.4);
        bars.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{top + 13}\" text-anchor=\"end\">{Contender.Title(row.Name)}</text>");
        bars.AppendLine(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{top + 2}\" width=\"{length:0.0}\" height=\"{Row - 4}\" fill=\"{colour}\"/>");
        bars.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Left + length + 5:0.0}\" y=\"{top + 13}\">{ratio:0.00} ({row.Milliseconds:0.00} ms)</text>");
    }
}
