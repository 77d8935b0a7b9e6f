namespace AdversarialKit;

/// <summary>What was configured, as checkpoints note it, and what differs in one.</summary>
internal sealed class SavedConfiguration(SystemParts parts)
{
    private const string Prefix = "configuration: ";

    // Taken when the system is built, before training changes what some parts say of themselves.
    private readonly SortedDictionary<string, string> _lines = Configured(parts);

    public Dictionary<string, string> ToValues() => _lines.ToDictionary(line => Prefix + line.Key, line => line.Value);

    /// <summary>A line for each setting that is another in a checkpoint.</summary>
    public IEnumerable<string> Mismatches(Checkpoint checkpoint)
    {
        var saved = checkpoint.Manifest.Values
            .Where(value => value.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(value => value.Key[Prefix.Length..], value => value.Value);
        return saved.Keys.Union(_lines.Keys)
            .Where(name => saved.GetValueOrDefault(name) != _lines.GetValueOrDefault(name))
            .Select(name => $"configuration: {DisplayText.Quote(name)} is {Told(saved, name)} in the checkpoint and {Told(_lines, name)} in use.");

        static string Told(IDictionary<string, string> lines, string name) =>
            lines.TryGetValue(name, out var line) ? DisplayText.Quote(line) : "none";
    }

    /// <summary>A checkpoint of other networks or steps lacks what is read next: what differs is told first, and all of it.</summary>
    /// <exception cref="CheckpointException">It lacks a network or a counter of this system.</exception>
    public void ThrowIfOfAnotherSystem(Checkpoint checkpoint, IReadOnlyCollection<string> mismatches)
    {
        var lacking = parts.Networks.Where(network => !checkpoint.Has(network.Role)).Select(network => $"network: '{network.Role}' is missing in the checkpoint.")
            .Concat(SystemCounters.Missing(checkpoint, parts).Select(name => $"counter: '{name}' is missing in the checkpoint.")).ToList();
        if (lacking.Count > 0 && checkpoint.Manifest.Values.Keys.Any(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            TensorTransfer.ThrowIfAny(checkpoint.DirectoryPath, [.. mismatches, .. lacking]);
        }
    }

    private static SortedDictionary<string, string> Configured(SystemParts parts) => new(
        parts.Configuration()
            .Where(line => line.Value is not null)
            .GroupBy(line => line.Name, line => line.Value!.ToString() ?? "", StringComparer.Ordinal)
            .ToDictionary(lines => lines.Key, lines => string.Join("; ", lines), StringComparer.Ordinal),
        StringComparer.Ordinal);
}
