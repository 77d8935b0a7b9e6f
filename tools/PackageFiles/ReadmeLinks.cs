using System.Text.RegularExpressions;

namespace AdversarialKit.PackageFiles;

/// <summary>A package's page shows the README far from the files that it points to.</summary>
internal static partial class ReadmeLinks
{
    /// <summary>The text with absolute links; without an address links within the repository become their text.</summary>
    public static string Absolute(string markdown, RepositoryAddress? repository) =>
        Fence().Replace(markdown, match => match.Groups["code"].Success ? match.Value : Replace(match, repository));

    private static string Replace(Match match, RepositoryAddress? repository)
    {
        var (text, target) = (match.Groups["text"].Value, match.Groups["target"].Value);
        var isPicture = match.Groups["picture"].Length > 0;
        return repository switch
        {
            null => isPicture ? $"*{text}*" : text,
            _ when isPicture => $"![{text}]({repository.Raw(target)})",
            _ => $"[{text}]({repository.Page(target)})",
        };
    }

    // Code as it stands, or a link whose target is neither absolute nor within the page.
    [GeneratedRegex(@"(?<code>^```.*?^```|`[^`\n]+`(?!\]))|(?<picture>!?)\[(?<text>(?:[^\[\]]|`[^`\n]*`)*)\]\((?![a-z]+:|#)(?<target>[^)\s]+)\)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
