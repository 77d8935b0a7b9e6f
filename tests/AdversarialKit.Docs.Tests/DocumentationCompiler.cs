using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AdversarialKit.Docs.Tests;

/// <summary>
/// Compiles what stands in the documentation. A whole program is compiled as it stands, with implicit usings alone, and
/// warnings count. A snippet gets the usings of <see cref="SnippetUsings"/> and the names of <see cref="SnippetNames"/>.
/// </summary>
internal static class DocumentationCompiler
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string SnippetUsings = """
        global using AdversarialKit;
        global using TorchSharp;
        global using static TorchSharp.torch;
        """;

    private static readonly CSharpParseOptions _language = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    // The SDK passes over them in every project: TorchSharp was built against an older framework.
    private static readonly string[] _silent = ["CS1701", "CS1702"];

    /// <summary>What the compiler has to say against a block; nothing if all is well.</summary>
    public static IReadOnlyList<string> Complaints(CodeBlock block)
    {
        var least = block.IsProgram ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error;
        return [.. Compile(block).GetDiagnostics().Where(found => found.Severity >= least && !_silent.Contains(found.Id)).Select(found => Describe(found, block))];
    }

    /// <summary>Runs a whole program in this process.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(CodeBlock program)
    {
        using var assembly = new MemoryStream();
        Compile(program).Emit(assembly).Success.Should().BeTrue();
        var main = Assembly.Load(assembly.ToArray()).EntryPoint!;
        var console = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null);
        }
        finally
        {
            Console.SetOut(console);
        }

        return printed.ToString().ReplaceLineEndings("\n").TrimEnd('\n');
    }

    private static CSharpCompilation Compile(CodeBlock block)
    {
        var code = Parse(block.Code);
        var hasStatements = code.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
        var trees = new List<SyntaxTree> { code, Parse(ImplicitUsings) };
        if (!block.IsProgram)
        {
            trees.Add(Parse(SnippetUsings));
            trees.Add(Parse(SnippetNames.Source));
        }

        return CSharpCompilation.Create(
            $"Documentation{Guid.NewGuid():N}",
            trees,
            _references,
            new CSharpCompilationOptions(
                hasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, _language);

    private static string Describe(Diagnostic found, CodeBlock block) =>
        $"line {block.Line + found.Location.GetLineSpan().StartLinePosition.Line}: {found.Id} {found.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
}
