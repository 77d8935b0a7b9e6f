namespace AdversarialKit;

/// <summary>
/// What <see cref="Safetensors.LoadInto"/> or <see cref="AdversarialSystem.LoadWeights"/> found: which of a file's tensors fitted a module, and
/// which did not.
/// </summary>
public sealed record WeightsReport
{
    /// <summary>The module's parameters and buffers that took their values from the file.</summary>
    public required IReadOnlyList<string> Loaded { get; init; }

    /// <summary>Of these, those whose type was converted, a sentence each.</summary>
    public required IReadOnlyList<string> Converted { get; init; }

    /// <summary>The module's parameters and buffers that the file does not have.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The file's tensors, under its own names, that the module does not have.</summary>
    public required IReadOnlyList<string> Surplus { get; init; }

    /// <summary>Tensors that both have, but of another shape or kind of number, a sentence each.</summary>
    public required IReadOnlyList<string> Mismatched { get; init; }

    /// <summary>Whether everything fitted: nothing is missing, surplus or mismatched.</summary>
    public bool IsComplete => Missing.Count + Surplus.Count + Mismatched.Count == 0;

    /// <summary>The report in words.</summary>
    /// <returns>A line with the count, and one for each tensor that did not fit or was converted.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Differences.Prepend(
        $"{Loaded.Count} of {Loaded.Count + Missing.Count + Mismatched.Count} tensors of the module were loaded.").Concat(Converted));

    internal IEnumerable<string> Differences =>
    [
        .. Mismatched,
        .. Missing.Select(name => $"{DisplayText.Quote(name)} is missing in the file."),
        .. Surplus.Select(name => $"{DisplayText.Quote(name)} is in the file and not in the module."),
    ];
}
