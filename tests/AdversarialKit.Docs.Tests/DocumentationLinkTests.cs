using System.Text.RegularExpressions;
using AdversarialKit.Tests.Support;

namespace AdversarialKit.Docs.Tests;

/// <summary>What the documentation points to is there.</summary>
public sealed partial class DocumentationLinkTests
{
    // Files that a program writes, or that belong to others.
    private static readonly HashSet<string> _elsewhere =
        ["manifest.json", "manifest.json.sha256", "generator.safetensors", "discriminator.safetensors", "samples.idx3-ubyte.gz", "final.png", "best.png", "best.idx3-ubyte.gz", "0.png", "200.png", "gan.py", "judge-mnist.json", "judge-mnist.safetensors", "comparison.json", "report.html", "log.jsonl", "ring.png"];

    private static readonly HashSet<string> _tests =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path))];

    public static TheoryData<string> Pages()
    {
        var data = new TheoryData<string>();
        foreach (var page in MarkdownFile.All())
        {
            data.Add(page.Path);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_Relative_LeadToAFileAndAHeading(string path)
    {
        var page = MarkdownFile.Open(path);
        var broken = Links().Matches(page.Prose()).Select(match => match.Groups[1].Value)
            .Where(link => !link.StartsWith("http", StringComparison.Ordinal) && !Leads(page, link));

        broken.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void FileNames_InCodeSpans_AreThoseOfFiles(string path)
    {
        var page = MarkdownFile.Open(path);
        var missing = FileNames().Matches(page.Prose()).Select(match => match.Groups[1].Value)
            .Where(name => !_elsewhere.Contains(Path.GetFileName(name)) && !Exists(page, name));

        missing.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void TestClasses_NamedAsProof_Exist(string path)
    {
        var missing = TestClasses().Matches(MarkdownFile.Open(path).Prose()).Select(match => match.Groups[1].Value)
            .Where(name => !_tests.Contains(name));

        missing.Should().BeEmpty();
    }

    private static bool Leads(MarkdownFile page, string link)
    {
        var (file, anchor) = link.Split('#') is [var f, var a] ? (f, a) : (link, null);
        var target = file.Length == 0 ? Path.Combine(Repository.Root, page.Path) : Path.GetFullPath(Path.Combine(page.Folder, file));
        return (File.Exists(target) || Directory.Exists(target))
            && (anchor is null || MarkdownFile.Open(Path.GetRelativePath(Repository.Root, target)).Anchors().Contains(anchor));
    }

    private static bool Exists(MarkdownFile page, string name) =>
        new[] { page.Folder, Repository.Root, Path.Combine(Repository.Root, "src", "AdversarialKit"), Path.Combine(Repository.Root, "src", "AdversarialKit", "buildTransitive") }
            .Any(folder => File.Exists(Path.Combine(folder, name)));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"`([\w./-]+\.(?:cs|md|json|targets|props|sln|csproj|png|py))`")]
    private static partial Regex FileNames();

    [GeneratedRegex(@"`(\w+Tests)`")]
    private static partial Regex TestClasses();
}
