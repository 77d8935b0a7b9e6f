namespace AdversarialKit;

/// <content>Files, so that statistics of real samples need not be gathered again.</content>
public sealed partial class FeatureStatistics
{
    private const string MeanName = "mean";
    private const string ScatterName = "scatter";
    private const string CountName = "count";

    /// <summary>Writes everything into a safetensors file, whole or not at all: <c>mean</c> [F] and <c>scatter</c> [F, F] in float64, <c>count</c>. The covariance is scatter / (count - 1).</summary>
    /// <param name="path">The file; one that exists is replaced. Its directory must exist.</param>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    /// <exception cref="CheckpointException">The file could not be written.</exception>
    public void Save(string path)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Count == 0)
        {
            throw new InvalidOperationException("There are no statistics to save: no sample was added. Call Update first.");
        }

        using var count = tensor(Count);
        Safetensors.Save(path, new Dictionary<string, Tensor> { [MeanName] = _mean!, [ScatterName] = _scatter!, [CountName] = count });
    }

    /// <summary>Reads what <see cref="Save"/> wrote, to the bit. Statistics may go on from there.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Statistics on the CPU, which the caller disposes.</returns>
    /// <exception cref="CheckpointException">The file is missing or damaged, or holds something else.</exception>
    public static FeatureStatistics Load(string path)
    {
        using var scope = NewDisposeScope();
        var stored = Safetensors.Load(path);
        if (stored.Count != 3
            || !Is(stored, MeanName, ScalarType.Float64, 1) || !Is(stored, ScatterName, ScalarType.Float64, 2) || !Is(stored, CountName, ScalarType.Int64, 0)
            || !stored[ScatterName].shape.All(side => side == stored[MeanName].shape[0])
            || stored[MeanName].shape[0] < 1 || stored[CountName].ToInt64() < 1
            || !stored[MeanName].isfinite().all().ToBoolean() || !stored[ScatterName].isfinite().all().ToBoolean())
        {
            throw new CheckpointException(path, "The file holds no statistics of features: a finite mean [F], a finite scatter [F, F], both F64, and a count. Write it with FeatureStatistics.Save.");
        }

        return new FeatureStatistics
        {
            _mean = stored[MeanName].DetachFromDisposeScope(),
            _scatter = stored[ScatterName].DetachFromDisposeScope(),
            Count = stored[CountName].ToInt64(),
        };
    }

    private static bool Is(IReadOnlyDictionary<string, Tensor> stored, string name, ScalarType type, int dimensions) =>
        stored.TryGetValue(name, out var tensor) && tensor.dtype == type && tensor.dim() == dimensions;
}
