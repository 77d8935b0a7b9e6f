namespace AdversarialKit;

/// <summary>What the steps of one iteration hand on to later ones. Lives across the scopes of steps, so it owns what it keeps.</summary>
internal sealed class SharedTensors : IDisposable
{
    private readonly Dictionary<string, Tensor> _kept = new(StringComparer.Ordinal);
    private readonly List<(string Name, List<Tensor> Parts)> _pending = [];

    public IEnumerable<string> Names => _kept.Keys;

    public Tensor? Find(string name) => _kept.GetValueOrDefault(name);

    /// <summary>Puts into a batch what it lacks, so that both are parted alike under gradient accumulation.</summary>
    public void JoinTo(NamedBatch batch)
    {
        foreach (var (name, tensor) in _kept)
        {
            if (batch.Find(name) is null)
            {
                batch.Set(name, tensor);
            }
        }
    }

    /// <summary>A step begins; what one shared that failed before it ended is forgotten.</summary>
    public void Begin() => _pending.Clear();

    /// <summary>Takes a part of what a step shares: one for each part of the batch, under gradient accumulation.</summary>
    public void Add(string name, Tensor part)
    {
        var entry = _pending.Find(known => known.Name == name);
        if (entry.Parts is null)
        {
            _pending.Add((name, [part.detach()]));
        }
        else
        {
            entry.Parts.Add(part.detach());
        }
    }

    /// <summary>The step has ended well: what it shared takes the place of what was there under the same names.</summary>
    public void Commit()
    {
        foreach (var (name, parts) in _pending)
        {
            var whole = parts.Count == 1 ? parts[0] : cat(parts);
            _kept.GetValueOrDefault(name)?.Dispose();
            _kept[name] = whole.DetachFromDisposeScope();
        }

        _pending.Clear();
    }

    /// <summary>The iteration has ended, or failed.</summary>
    public void Clear()
    {
        foreach (var tensor in _kept.Values)
        {
            tensor.Dispose();
        }

        _kept.Clear();
        _pending.Clear();
    }

    public void Dispose() => Clear();
}
