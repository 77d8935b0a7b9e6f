using System.Text.RegularExpressions;

namespace AdversarialKit;

/// <summary>The page, its style and its scripts, which lie in the assembly.</summary>
internal static partial class ReportAssets
{
    private static readonly Lazy<string> _page = new(() => Read("report.html"));

    public static string Style { get; } = Read("report.css");

    public static string Script { get; } = Read("chart.js") + Read("report.js");

    /// <summary>The page with <c>{{name}}</c> replaced by the part of that name, in one pass: what a part holds is not looked at again.</summary>
    public static string Fill(IReadOnlyDictionary<string, string> parts) =>
        Placeholder().Replace(_page.Value, match => parts[match.Groups[1].Value]);

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();

    private static string Read(string name)
    {
        using var stream = typeof(ReportAssets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
