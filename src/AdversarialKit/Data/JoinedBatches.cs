namespace AdversarialKit;

/// <summary>A batch of each source, side by side under names.</summary>
internal class JoinedBatches((string Name, IBatchSource Source)[] sources) : IBatchSource
{
    protected IReadOnlyList<(string Name, IBatchSource Source)> Sources { get; } = [.. sources];

    long? IBatchSource.BatchesPerEpoch => Sources[0].Source.BatchesPerEpoch;

    string? IBatchSource.SharedData => string.Join("; ", Sources.Select(source => source.Source.SharedData).OfType<string>()) is { Length: > 0 } data ? data : null;

    public static void Check((string Name, IBatchSource Source)[] sources)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var known = new HashSet<IBatchSource>(ReferenceEqualityComparer.Instance);
        foreach (var (name, source) in sources)
        {
            if (string.IsNullOrEmpty(name) || name.Contains('/', StringComparison.Ordinal) || !names.Add(name))
            {
                throw new ArgumentException($"'{name}' cannot name a source: each needs a name of its own, without a slash.", nameof(sources));
            }

            if (source is null || !known.Add(source))
            {
                throw new ArgumentException(
                    source is null ? $"The source '{name}' is null." : $"The source '{name}' stands there under another name as well, and a batch of it cannot be taken twice.",
                    nameof(sources));
            }
        }

        if (names.Count == 0)
        {
            throw new ArgumentException("There is no source. Give at least one, with a name.", nameof(sources));
        }
    }

    public Batch? NextBatch()
    {
        var tensors = new (string, Tensor)[Sources.Count];
        for (var i = 0; i < tensors.Length; i++)
        {
            if (Sources[i].Source.NextBatch() is not { } batch)
            {
                return null;
            }

            tensors[i] = (Sources[i].Name, batch.Real);
        }

        return Batch.Of(tensors);
    }
}
