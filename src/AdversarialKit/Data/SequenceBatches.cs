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
        if (_enumerator.Current.Named is not { } named)
        {
            return real is null ? default : new Batch(real.alias(), condition?.alias());
        }

        return Batch.Of([.. named.Select(entry => (entry.Key, entry.Value.alias()))]);
    }

    public void Dispose() => _enumerator?.Dispose();
}
