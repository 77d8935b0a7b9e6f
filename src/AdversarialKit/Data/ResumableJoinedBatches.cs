namespace AdversarialKit;

/// <summary>Sources side by side, each of which knows where it stands.</summary>
internal sealed class ResumableJoinedBatches((string Name, IBatchSource Source)[] sources) : JoinedBatches(sources), IStateful
{
    // A slash is not allowed in names of state, a colon is.
    private const char Separator = ':';

    public IReadOnlyDictionary<string, Tensor> GetState() => Sources
        .SelectMany(entry => ((IStateful)entry.Source).GetState().Select(part => ($"{entry.Name}{Separator}{part.Key}", part.Value)))
        .ToDictionary(part => part.Item1, part => part.Value);

    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var parts = Sources.Select(entry => Part(state, entry.Name)).ToArray();
        var foreign = state.Keys.FirstOrDefault(key => !Sources.Any(entry => key.StartsWith(entry.Name + Separator, StringComparison.Ordinal)));
        if (foreign is not null)
        {
            throw new ArgumentException(
                $"The state holds '{foreign}'; it must be of the sources {string.Join(", ", Sources.Select(entry => $"'{entry.Name}'"))}.", nameof(state));
        }

        // A part that does not fit must leave the others where they stood.
        var before = Sources.Select(entry => ((IStateful)entry.Source).GetState()).ToArray();
        try
        {
            Set(parts);
        }
        catch
        {
            Set(before);
            throw;
        }
        finally
        {
            Array.ForEach(before, part => part.Values.ToList().ForEach(tensor => tensor.Dispose()));
        }
    }

    private void Set(IReadOnlyDictionary<string, Tensor>[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            ((IStateful)Sources[i].Source).SetState(parts[i]);
        }
    }

    private static Dictionary<string, Tensor> Part(IReadOnlyDictionary<string, Tensor> state, string name)
    {
        var prefix = name + Separator;
        return state.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);
    }
}
