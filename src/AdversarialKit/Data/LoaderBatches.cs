using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Goes through a loader again and again.</summary>
internal sealed class LoaderBatches(DataLoader loader, DataLoaderBatchOptions options) : IBatchSource, IDisposable
{
    private IEnumerator<Dictionary<string, Tensor>>? _epoch;

    public long? BatchesPerEpoch => loader.Count;

    public Batch? NextBatch()
    {
        var isFresh = _epoch is null;
        while (!(_epoch ??= loader.GetEnumerator()).MoveNext())
        {
            Dispose();
            if (isFresh)
            {
                return null;
            }

            isFresh = true;
        }

        // The loader disposes what it gave out when it is asked for the next, and an iteration may need both.
        var entries = _epoch.Current;
        var real = TransformedSamples.Of(options.Transform, Entry(entries, options.Samples), $"{nameof(DataLoaderBatchOptions)}.{nameof(options.Transform)}");
        return new Batch(real, options.Condition is { } name ? Entry(entries, name).alias() : null);
    }

    public void Dispose()
    {
        _epoch?.Dispose();
        _epoch = null;
    }

    private static Tensor Entry(Dictionary<string, Tensor> entries, string name) => entries.TryGetValue(name, out var tensor)
        ? tensor
        : throw new InvalidOperationException(
            $"The loader's batches have no entry '{name}'; they have {string.Join(", ", entries.Keys.Select(key => $"'{key}'"))}. " +
            $"Name the right one in {nameof(DataLoaderBatchOptions)}.");
}
