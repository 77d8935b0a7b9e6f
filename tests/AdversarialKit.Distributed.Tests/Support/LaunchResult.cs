namespace AdversarialKit.Tests.Distributed;

/// <summary>What came of a start: of the launcher and all its ranks.</summary>
internal sealed record LaunchResult(int ExitCode, string Output, string Errors, TimeSpan Elapsed)
{
    /// <summary>Everything that was printed, for a message.</summary>
    public string All => $"exit code {ExitCode}\n{Output}\n{Errors}";

    /// <summary>What each rank printed behind a word, in the order of the ranks.</summary>
    public string[] Told(string word) => [.. Output.Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.StartsWith(word + " ", StringComparison.Ordinal))
        .Select(line => line[(word.Length + 1)..].Split(' ', 2))
        .OrderBy(parts => int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture))
        .Select(parts => parts[1])];
}
