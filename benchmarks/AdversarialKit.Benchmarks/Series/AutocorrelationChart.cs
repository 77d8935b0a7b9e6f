using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Draws autocorrelations of real and made series as two lines.</summary>
internal static class AutocorrelationChart
{
    private const int Left = 50;
    private const int Top = 40;
    private const int Step = 50;
    private const int Unit = 100;

    public static string Draw(double[] real, double[] made)
    {
        var (right, middle, bottom) = (Left + (Step * (real.Length - 1)), Top + Unit, Top + (2 * Unit));
        var ticks = string.Concat(real.Select((_, lag) => Text($"<text x=\"{Left + (Step * lag)}\" y=\"{bottom + 18}\" text-anchor=\"middle\">{lag}</text>\n")));
        return Text($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{right + 110}" height="{bottom + 46}" font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="white"/>
            <text x="8" y="22" font-size="14">Autocorrelation of real series and of the generator's</text>
            <text x="{Left - 8}" y="{Top + 4}" text-anchor="end">1</text><text x="{Left - 8}" y="{middle + 4}" text-anchor="end">0</text><text x="{Left - 8}" y="{bottom + 4}" text-anchor="end">-1</text>
            <line x1="{Left}" y1="{middle}" x2="{right}" y2="{middle}" stroke="#57606a" stroke-dasharray="3 3"/>
            {ticks}<text x="{(Left + right) / 2}" y="{bottom + 36}" text-anchor="middle">moments later</text>
            {Line(real, "#8c959f")}
            {Line(made, "#1f6feb")}
            <text x="{right + 8}" y="{Height(real[^1]) - 6:0.0}" fill="#57606a">real</text>
            <text x="{right + 8}" y="{Height(made[^1]) + 12:0.0}" fill="#1f6feb">generator</text>
            </svg>

            """);
    }

    private static string Line(double[] values, string colour) =>
        $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{string.Join(' ', values.Select((value, lag) => Text($"{Left + (Step * lag)},{Height(value):0.0}")))}\"/>";

    private static double Height(double value) => Top + Unit - (Unit * value);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
