namespace AdversarialKit;

/// <summary>The samples of a metric that must see pairs of them: float64 copies, up to a bound.</summary>
internal sealed class SampleBuffer(Device device, int maximum) : IDisposable
{
    private readonly List<Tensor> _parts = [];

    public long Count { get; private set; }

    /// <summary>Takes a checked batch over as a copy.</summary>
    public void Add(Tensor batch)
    {
        if (Count + batch.shape[0] > maximum)
        {
            throw new ArgumentException(
                $"The metric holds at most {maximum} samples; this batch would make it {Count + batch.shape[0]}. Judge fewer samples, or raise maximumSamples where the metric is built.",
                nameof(batch));
        }

        _parts.Add(Copy(batch, device).DetachFromDisposeScope());
        Count += batch.shape[0];
    }

    /// <summary>All samples as one tensor, which stays the buffer's.</summary>
    public Tensor All()
    {
        if (_parts.Count > 1)
        {
            var joined = cat(_parts, 0).DetachFromDisposeScope();
            DisposeParts();
            _parts.Add(joined);
        }

        return _parts[0];
    }

    public void Clear()
    {
        DisposeParts();
        Count = 0;
    }

    public void Dispose() => Clear();

    /// <summary>A contiguous float64 copy without a graph, in the current scope.</summary>
    public static Tensor Copy(Tensor batch, Device device)
    {
        using var noGradients = no_grad();
        using var plain = batch.detach();
        using var moved = plain.to(ScalarType.Float64, device, copy: true);
        return moved.contiguous();
    }

    private void DisposeParts()
    {
        _parts.ForEach(part => part.Dispose());
        _parts.Clear();
    }
}
