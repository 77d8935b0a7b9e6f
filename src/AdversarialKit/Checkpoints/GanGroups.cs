namespace AdversarialKit;

/// <summary>The names of a GAN checkpoint's files, and which state lies in which.</summary>
internal static class GanGroups
{
    public const string Generator = "generator";
    public const string Discriminator = "discriminator";
    public const string Random = "random";
    public const string Average = "average";
    public const string DiscriminatorOptimizer = "optimizer-discriminator";
    public const string GeneratorOptimizer = "optimizer-generator";
    public const string Batches = "batches";

    private const string State = "state";

    // The average lies in its file under the generator's own names, so that Python opens it as the generator's weights.
    private static readonly (string Prefix, string Group)[] _ownFiles =
    [
        ($"{Average}/{GeneratorAverage.Prefix}", Average),
        ($"{DiscriminatorOptimizer}/", DiscriminatorOptimizer),
        ($"{GeneratorOptimizer}/", GeneratorOptimizer),
    ];

    /// <summary>Parts states, named as <see cref="StatefulGroup"/> does, into files.</summary>
    public static IEnumerable<(string Group, IReadOnlyDictionary<string, Tensor> Tensors)> Split(IReadOnlyDictionary<string, Tensor> states) => states
        .Select(entry => (Entry: entry, File: _ownFiles.FirstOrDefault(file => entry.Key.StartsWith(file.Prefix, StringComparison.Ordinal))))
        .GroupBy(found => found.File.Group ?? State, found => (Name: found.Entry.Key[(found.File.Prefix?.Length ?? 0)..], Tensor: found.Entry.Value))
        .Select(group => (group.Key, (IReadOnlyDictionary<string, Tensor>)group.ToDictionary(entry => entry.Name, entry => entry.Tensor)));

    /// <summary>What <see cref="Split"/> parted, from a checkpoint. The caller disposes the tensors.</summary>
    public static Dictionary<string, Tensor> Join(Checkpoint checkpoint)
    {
        var states = new Dictionary<string, Tensor>();
        foreach (var (prefix, group) in _ownFiles.Append((Prefix: "", Group: State)).Where(file => checkpoint.Has(file.Group)))
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
