namespace AdversarialKit;

/// <summary>A sequence of batches, gone through once.</summary>
internal sealed class SequenceBatches(IEnumerable<Batch> batches) : IBatchSource, IDisposable
{
    private IEnumerator<Batch>? _enumerator;

    // An iterator may dispose what it gave out when it is asked for the next, and an iteration may need both.
    public Batch? NextBatch()
    {
        if (!(_enumerator ??= batches.GetEnumerator()).MoveNext())
        {
            return null;
        }

        var (real, condition) = _enumerator.Current;
        return real is null ? default : new Batch(real.alias(), condition?.alias());
    }

    public void Dispose() => _enumerator?.Dispose();
}
