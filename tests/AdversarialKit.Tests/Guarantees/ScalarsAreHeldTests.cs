using System.Text.RegularExpressions;
using AdversarialKit.Tests.Support;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>
/// A <c>Scalar</c> that nothing holds may be freed during the call that it is made for. BannedSymbols.txt bans the
/// conversions that nobody sees; this looks at those that are written out.
/// </summary>
public sealed class ScalarsAreHeldTests
{
    // A field, a property with a setter at most for the type itself, or a using variable.
    private static readonly Regex Held = new(
        @"^\s*((public|private|internal) static readonly Scalar \w+ = |public Scalar \w+ \{ get; \} = |using var \w+ = )[^;]*;\s*$");

    // The kernels' arguments stand in an array, which is disposed after the call.
    private static readonly string[] DisposedAfterTheCall = ["FusedKernels.cs", "FusedSgd.cs"];

    [Fact]
    public void Source_EveryScalar_IsHeldByAFieldOrAUsing()
    {
        var made = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !DisposedAfterTheCall.Contains(Path.GetFileName(file)))
            .SelectMany(file => File.ReadLines(file).Select(line => (File: Path.GetFileName(file), Line: line)))
            .Where(entry => Regex.IsMatch(entry.Line, @"\.To(BFloat16)?Scalar\(\)") && !entry.Line.TrimStart().StartsWith("///", StringComparison.Ordinal))
            .ToList();

        made.Should().HaveCountGreaterThan(30, "else this looks in the wrong place");
        made.Where(entry => !Held.IsMatch(entry.Line)).Should().BeEmpty();
    }

    [Fact]
    public void BannedSymbols_EveryConversionToAScalar_IsNamed()
    {
        var banned = File.ReadAllText(Path.Combine(Repository.Root, "src", "AdversarialKit", "BannedSymbols.txt"));
        var conversions = typeof(TorchSharp.Scalar).GetMethods().Where(method => method.Name == "op_Implicit").ToList();

        conversions.Should().HaveCount(12);
        Regex.Matches(banned, @"^M:TorchSharp\.Scalar\.op_Implicit\(.+\)~TorchSharp\.Scalar;", RegexOptions.Multiline)
            .Should().HaveCount(conversions.Count);
    }
}
