namespace AdversarialKit;

/// <summary>The states of a GAN's parts as one group of tensors, each under its part's name: <c>penalty/count</c>.</summary>
internal static class StatefulGroup
{
    private const char Separator = '/';

    /// <summary>Copies of all states, which the caller disposes.</summary>
    public static Dictionary<string, Tensor> Capture(IReadOnlyDictionary<string, IStateful> parts)
    {
        var group = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (part, stateful) in parts)
        {
            foreach (var (name, tensor) in stateful.GetState())
            {
                group.Add($"{part}{Separator}{name}", tensor);
            }
        }

        return group;
    }

    /// <summary>Gives every part its state back, or none: if one refuses, those that had taken theirs get their old one.</summary>
    /// <param name="path">The checkpoint, for the message.</param>
    /// <param name="parts">The parts by name; names hold no <c>/</c>.</param>
    /// <param name="loaded">What <see cref="Capture"/> gave. Remains the caller's.</param>
    /// <param name="others">What else does not fit, found elsewhere: listed as well, and reason enough to change nothing.</param>
    /// <exception cref="CheckpointException">A part is not there or refused its state; all such are listed, and nothing was changed.</exception>
    public static void Restore(
        string path,
        IReadOnlyDictionary<string, IStateful> parts,
        IReadOnlyDictionary<string, Tensor> loaded,
        IEnumerable<string>? others = null)
    {
        var mismatches = (others ?? []).ToList();
        mismatches.AddRange(loaded.Keys.Where(name => PartOf(name) is not { } part || !parts.ContainsKey(part))
            .Select(name => $"state: {DisplayText.Quote(name)} is in the checkpoint and belongs to nothing that was built."));
        var before = parts.ToDictionary(part => part.Key, part => part.Value.GetState());
        try
        {
            var taken = new List<string>();
            foreach (var (part, stateful) in parts)
            {
                if (Refusal(stateful, StateOf(part, loaded)) is { } refusal)
                {
                    mismatches.Add($"state: {DisplayText.Quote(part)} refused what the checkpoint holds. {refusal}");
                }
                else
                {
                    taken.Add(part);
                }
            }

            if (mismatches.Count > 0)
            {
                taken.ForEach(part => parts[part].SetState(before[part]));
            }

            TensorTransfer.ThrowIfAny(path, mismatches);
        }
        finally
        {
            SafetensorsReader.DisposeAll(before.Values.SelectMany(state => state.Values));
        }
    }

    private static string? Refusal(IStateful stateful, Dictionary<string, Tensor> state)
    {
        try
        {
            stateful.SetState(state);
            return null;
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }

    private static Dictionary<string, Tensor> StateOf(string part, IReadOnlyDictionary<string, Tensor> loaded) =>
        loaded.Where(pair => PartOf(pair.Key) == part).ToDictionary(pair => pair.Key[(part.Length + 1)..], pair => pair.Value);

    private static string? PartOf(string name) =>
        name.IndexOf(Separator, StringComparison.Ordinal) is var end and >= 0 ? name[..end] : null;
}
