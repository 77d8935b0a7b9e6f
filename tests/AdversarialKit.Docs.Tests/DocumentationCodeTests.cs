using TorchSharp;

namespace AdversarialKit.Docs.Tests;

/// <summary>
/// Every C# block of README.md and docs compiles against the library as it is, and whole programs run: a block whose first
/// statement is <c>NativeTorch.EnsureLoaded();</c> is a program, any other a snippet (see <see cref="SnippetNames"/>). The text
/// block right behind a program is what the program must print.
/// </summary>
public sealed class DocumentationCodeTests
{
    private static readonly Dictionary<string, string> _printed = [];

    public static TheoryData<string, int> Blocks() => Select(_ => true);

    public static TheoryData<string, int> Programs() => Select(block => block.IsProgram);

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Block_AsItStands_Compiles(string page, int line) =>
        DocumentationCompiler.Complaints(Find(page, line)).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_AsItStands_RunsAndPrintsWhatThePageSays(string page, int line)
    {
        var program = Find(page, line);

        var printed = RunOnce(program);

        printed.Should().MatchRegex("[A-Za-z0-9]").And.NotContainAny("NaN", "Infinity", "∞");
        printed.Should().Be(page == "README.md" ? printed : program.Output, "only the README's numbers may differ from machine to machine");
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_RunOnceMore_LeavesNoTensorAlive(string page, int line)
    {
        var program = Find(page, line);
        // What a process makes once and keeps is not the program's.
        RunOnce(program);
        var alive = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        DocumentationCompiler.Run(program);

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(alive, "whoever copies it copies how it scopes what it makes");
    }

    [Fact]
    public void Readme_FirstBlock_IsAProgram() =>
        MarkdownFile.Open("README.md").Blocks().First(block => block.Language == "csharp").IsProgram.Should().BeTrue();

    [Fact]
    public void Block_WithWhatItPrintsBehindIt_IsAProgram() =>
        MarkdownFile.All().SelectMany(page => page.Blocks().Where(block => block.Language == "csharp" && block.Output is not null && !block.IsProgram)
            .Select(block => $"{page.Path}:{block.Line}")).Should().BeEmpty("what a page says that a block prints is to be seen when it runs; begin it with its usings");

    [Fact]
    public void Compiler_BlockWithAnUnknownMember_Complains() =>
        DocumentationCompiler.Complaints(new CodeBlock("csharp", 10, "\ngan.TrainForever();", null))
            .Should().ContainSingle().Which.Should().StartWith("line 11: CS1061 'Gan' does not contain a definition for 'TrainForever'");

    // Programs that train take long: what the first run printed serves both tests.
    private static string RunOnce(CodeBlock program) =>
        _printed.TryGetValue(program.Code, out var printed) ? printed : _printed[program.Code] = DocumentationCompiler.Run(program);

    private static CodeBlock Find(string page, int line) => MarkdownFile.Open(page).Blocks().Single(block => block.Line == line);

    private static TheoryData<string, int> Select(Func<CodeBlock, bool> wanted)
    {
        var data = new TheoryData<string, int>();
        foreach (var page in MarkdownFile.All())
        {
            foreach (var block in page.Blocks().Where(block => block.Language == "csharp" && wanted(block)))
            {
                data.Add(page.Path, block.Line);
            }
        }

        return data;
    }
}
