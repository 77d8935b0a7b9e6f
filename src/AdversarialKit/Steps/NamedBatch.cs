namespace AdversarialKit;

/// <summary>
/// Tensors by name that share their first dimension: a batch, or the part of it that one forward and backward pass takes.
/// A step has a handful of names, so they are looked for one by one.
/// </summary>
internal sealed class NamedBatch(long count, double share = 1)
{
    private readonly List<(string Name, Tensor Tensor)> _tensors = [];

    /// <summary>The number of samples.</summary>
    public long Count => count;

    /// <summary>This part's share of the whole batch, by which its mean losses count.</summary>
    public double Share => share;

    /// <summary>Where it stands in the whole batch.</summary>
    public StepPart Part { get; private init; } = StepPart.Whole;

    public IEnumerable<string> Names => _tensors.Select(entry => entry.Name);

    public Tensor? Find(string name)
    {
        foreach (var (known, tensor) in _tensors)
        {
            if (known == name)
            {
                return tensor;
            }
        }

        return null;
    }

    /// <summary>Puts a tensor under a name, in place of what was there.</summary>
    public void Set(string name, Tensor tensor)
    {
        var index = _tensors.FindIndex(entry => entry.Name == name);
        if (index < 0)
        {
            _tensors.Add((name, tensor));
        }
        else
        {
            _tensors[index] = (name, tensor);
        }
    }

    /// <summary>A batch with the same tensors, to which a step may add its own.</summary>
    public NamedBatch Copy()
    {
        var copy = new NamedBatch(count, share);
        copy._tensors.AddRange(_tensors);
        return copy;
    }

    /// <summary>The samples in each part but the last, which holds what is left.</summary>
    public static long PartSize(long count, int parts, int together) => Math.Max(1, ((count / together) + parts - 1) / parts) * together;

    /// <summary>Parts it along the first dimension; what has another length there belongs to every part whole.</summary>
    /// <param name="parts">How many parts at most.</param>
    /// <param name="together">So many samples in a row stay in one part.</param>
    public IEnumerable<NamedBatch> Split(int parts, int together = 1)
    {
        if (parts == 1)
        {
            yield return this;
            yield break;
        }

        var size = PartSize(count, parts, together);
        for (var start = 0L; start < count; start += size)
        {
            var length = Math.Min(size, count - start);
            var part = new NamedBatch(length, (double)length / count) { Part = StepPart.Of(start, length, count) };
            foreach (var (name, tensor) in _tensors)
            {
                part._tensors.Add((name, tensor.dim() > 0 && tensor.size(0) == count ? tensor.narrow(0, start, length) : tensor));
            }

            yield return part;
        }
    }
}
