using System.Text.RegularExpressions;
using AdversarialKit.Tests.Support;

namespace AdversarialKit.Docs.Tests;

/// <summary>A page of the documentation, as far as the tests read it.</summary>
internal sealed partial class MarkdownFile
{
    private readonly string[] _lines;

    private MarkdownFile(string path)
    {
        Path = path;
        _lines = File.ReadAllLines(System.IO.Path.Combine(Repository.Root, path));
    }

    /// <summary>Below the repository's folder, with slashes.</summary>
    public string Path { get; }

    public string Folder => System.IO.Path.Combine(Repository.Root, System.IO.Path.GetDirectoryName(Path)!);

    /// <summary>README.md, CHANGELOG.md, every page in docs and in the samples.</summary>
    public static IEnumerable<MarkdownFile> All() =>
        Enumerable.Empty<string>().Append("README.md").Append("CHANGELOG.md")
            .Concat(Pages("docs"))
            .Concat(Pages("samples").Where(page => !page.Contains("/bin/", StringComparison.Ordinal) && !page.Contains("/obj/", StringComparison.Ordinal)))
            .Select(path => new MarkdownFile(path));

    public static MarkdownFile Open(string path) => new(path);

    /// <summary>Fenced blocks; <see cref="CodeBlock.Output"/> is that of a text block which follows with only blank lines between.</summary>
    public IEnumerable<CodeBlock> Blocks()
    {
        var blocks = new List<CodeBlock>();
        for (var i = 0; i < _lines.Length; i++)
        {
            if (!_lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.FindIndex(_lines, i + 1, line => line.StartsWith("```", StringComparison.Ordinal));
            var next = Array.FindIndex(_lines, end + 1, line => line.Length > 0);
            var output = next >= 0 && _lines[next] == "```text"
                ? string.Join('\n', _lines[(next + 1)..Array.FindIndex(_lines, next + 1, line => line == "```")])
                : null;
            blocks.Add(new CodeBlock(_lines[i][3..], i + 2, string.Join('\n', _lines[(i + 1)..end]), output));
            i = end;
        }

        return blocks;
    }

    /// <summary>The page without its fenced blocks.</summary>
    public string Prose()
    {
        var inside = false;
        return string.Join('\n', _lines.Where(line =>
        {
            var fence = line.StartsWith("```", StringComparison.Ordinal);
            inside ^= fence;
            return !inside && !fence;
        }));
    }

    /// <summary>What headings are called in links: lower case, spaces as hyphens, punctuation left out.</summary>
    public IEnumerable<string> Anchors() => Prose().Split('\n').Where(line => line.StartsWith('#'))
        .Select(line => NoAnchorCharacter().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static IEnumerable<string> Pages(string folder) => Directory
        .EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)
        .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchorCharacter();
}
