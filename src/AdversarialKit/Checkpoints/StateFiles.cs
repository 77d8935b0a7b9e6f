namespace AdversarialKit;

/// <summary>Which state of a system lies in which file of its checkpoints.</summary>
internal sealed class StateFiles(SystemParts parts)
{
    // An average lies in its file under its network's own names, so that Python opens it as that network's weights.
    private readonly (string Prefix, string Group)[] _ownFiles =
    [
        .. parts.Averages.Select(average => ($"{average.Group}/{GeneratorAverage.Prefix}", average.Group)),
        .. parts.Steps.Select(step => GanGroups.OptimizerOf(step.Name)).Select(group => ($"{group}/", group)),
    ];

    /// <summary>Parts states, named as <see cref="StatefulGroup"/> does, into files.</summary>
    public IEnumerable<(string Group, IReadOnlyDictionary<string, Tensor> Tensors)> Split(IReadOnlyDictionary<string, Tensor> states) => states
        .Select(entry => (Entry: entry, File: Array.Find(_ownFiles, file => entry.Key.StartsWith(file.Prefix, StringComparison.Ordinal))))
        .GroupBy(found => found.File.Group ?? GanGroups.State, found => (Name: found.Entry.Key[(found.File.Prefix?.Length ?? 0)..], Tensor: found.Entry.Value))
        .Select(group => (group.Key, (IReadOnlyDictionary<string, Tensor>)group.ToDictionary(entry => entry.Name, entry => entry.Tensor)));

    /// <summary>What <see cref="Split"/> parted, from a checkpoint. The caller disposes the tensors.</summary>
    public Dictionary<string, Tensor> Join(Checkpoint checkpoint)
    {
        var states = new Dictionary<string, Tensor>();
        foreach (var (prefix, group) in _ownFiles.Append((Prefix: "", Group: GanGroups.State)).Where(file => checkpoint.Has(file.Group)))
        {
            foreach (var (name, tensor) in checkpoint.Load(group))
            {
                // A name in the file of states that belongs into another file was not written there by this library.
                if (!states.TryAdd(prefix + name, tensor))
                {
                    throw new CheckpointException(checkpoint.DirectoryPath, $"The checkpoint holds {DisplayText.Quote(prefix + name)} twice.");
                }
            }
        }

        return states;
    }
}
