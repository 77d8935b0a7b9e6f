using AdversarialKit.PackageFiles;

namespace AdversarialKit.Tests.Packaging;

public sealed class ReadmeLinksTests
{
    private static readonly RepositoryAddress _repository = new("https://code.example/kit.git", "abc");

    [Theory]
    [InlineData("see [the `losses`](docs/losses.md#hinge).", "see [the `losses`](https://code.example/kit/blob/abc/docs/losses.md#hinge).")]
    [InlineData("| ![25 digits](docs/images/digits.png) |", "| ![25 digits](https://code.example/kit/raw/abc/docs/images/digits.png) |")]
    [InlineData("[TorchSharp](https://github.com/dotnet/TorchSharp), [Install](#install)", "[TorchSharp](https://github.com/dotnet/TorchSharp), [Install](#install)")]
    [InlineData("`stack([cos(x), sin(x)], 1)` [a](b.md)", "`stack([cos(x), sin(x)], 1)` [a](https://code.example/kit/blob/abc/b.md)")]
    [InlineData("```csharp\nvar x = a[1](docs);\n```\n", "```csharp\nvar x = a[1](docs);\n```\n")]
    public void Absolute_WithAnAddress_LeadsToTheCommit(string markdown, string expected) =>
        ReadmeLinks.Absolute(markdown, _repository).Should().Be(expected);

    [Theory]
    [InlineData("see [losses](docs/losses.md).", "see losses.")]
    [InlineData("![25 digits](docs/images/digits.png)", "*25 digits*")]
    [InlineData("[TorchSharp](https://github.com/dotnet/TorchSharp)", "[TorchSharp](https://github.com/dotnet/TorchSharp)")]
    public void Absolute_WithoutAnAddress_KeepsTheText(string markdown, string expected) =>
        ReadmeLinks.Absolute(markdown, null).Should().Be(expected);
}
