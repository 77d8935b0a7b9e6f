namespace AdversarialKit.Docs.Tests;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">What stands behind the opening fence.</param>
/// <param name="Line">The line of the page, from 1, on which the code begins.</param>
/// <param name="Code">Without the fences.</param>
/// <param name="Output">The text block that follows it, or null.</param>
internal sealed record CodeBlock(string Language, int Line, string Code, string? Output)
{
    /// <summary>A whole program, known by its first statement; anything else is a snippet.</summary>
    public bool IsProgram => Code.Contains("\nNativeTorch.EnsureLoaded();\n", StringComparison.Ordinal);
}
