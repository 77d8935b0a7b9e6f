namespace AdversarialKit;

/// <summary>
/// Brings tensors that were read into memory over to those that are in use. torch's own way would convert types and
/// stretch wrong shapes without a word.
/// </summary>
internal static class TensorTransfer
{
    /// <summary>Everything that keeps the loaded tensors from being copied: a line each, none if they fit.</summary>
    /// <param name="label">What the tensors belong to, such as <c>generator</c>.</param>
    /// <param name="loaded">What the checkpoint holds.</param>
    /// <param name="live">What is in use, such as a module's <c>state_dict()</c>.</param>
    public static IEnumerable<string> Mismatches(
        string label, IReadOnlyDictionary<string, Tensor> loaded, IReadOnlyDictionary<string, Tensor> live)
    {
        foreach (var (name, target) in live)
        {
            if (!loaded.TryGetValue(name, out var source))
            {
                yield return $"{label}: {DisplayText.Quote(name)} is missing in the checkpoint; it should be {Describe(target)}.";
            }
            else if (source.dtype != target.dtype || !source.shape.AsSpan().SequenceEqual(target.shape))
            {
                yield return $"{label}: {DisplayText.Quote(name)} is {Describe(source)} in the checkpoint and {Describe(target)} in use.";
            }
        }

        foreach (var name in loaded.Keys.Where(name => !live.ContainsKey(name)))
        {
            yield return $"{label}: {DisplayText.Quote(name)} is {Describe(loaded[name])} in the checkpoint and not in use.";
        }
    }

    /// <summary>Reports all mismatches in one message, if there are any.</summary>
    public static void ThrowIfAny(string path, IReadOnlyCollection<string> mismatches)
    {
        if (mismatches.Count > 0)
        {
            throw new CheckpointException(path, "The checkpoint does not fit what was built, and nothing was loaded from it:" + string.Concat(mismatches.Select(line => $"{Environment.NewLine}- {line}")));
        }
    }

    /// <summary>Copies into the tensors in use, which stay the same objects on their devices. All must fit.</summary>
    public static void Copy(IReadOnlyDictionary<string, Tensor> loaded, IReadOnlyDictionary<string, Tensor> live)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (name, target) in live)
        {
            target.copy_(loaded[name]);
        }
    }

    /// <summary>Checks all, then copies all: for a single group, such as the generator alone.</summary>
    public static void Apply(
        string path, string label, IReadOnlyDictionary<string, Tensor> loaded, IReadOnlyDictionary<string, Tensor> live)
    {
        ThrowIfAny(path, [.. Mismatches(label, loaded, live)]);
        Copy(loaded, live);
    }

    private static string Describe(Tensor tensor) => DisplayText.Tensor(tensor.dtype, tensor.shape);
}
