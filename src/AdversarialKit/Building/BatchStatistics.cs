namespace AdversarialKit;

/// <summary>
/// Whether a batch is large enough for the layers that take statistics over it. Under gradient accumulation they take them over
/// a part: one of a single sample has no variance, and TorchSharp then writes NaN into the running one without a word.
/// </summary>
internal sealed class BatchStatistics
{
    private readonly int _microBatches;
    private readonly (string Owner, string Name, nn.Module Layer)[] _layers;

    public BatchStatistics(Network generator, Network discriminator, int microBatches)
    {
        _microBatches = microBatches;
        _layers = [.. new[] { generator, discriminator }
            .SelectMany(network => BatchDependence.Layers(network.Module).Select(layer => (network.Role, layer.Name, layer.Layer)))];
    }

    /// <summary>The first layer that cannot work on such a batch, in words; null where all can.</summary>
    public string? FaultOf(long samples)
    {
        var size = StepSlice.PartSize(samples, _microBatches);
        var last = (samples - 1) % size + 1;
        foreach (var (owner, name, layer) in _layers)
        {
            if ((BatchDependence.NeedUnmetBy(layer, size) ?? BatchDependence.NeedUnmetBy(layer, last)) is { } need)
            {
                return Fault(samples, size, last) + $", but the {owner}'s layer {name} takes statistics over " + (_microBatches == 1
                    ? $"the batch and needs {need}. Draw batches of another size."
                    : $"each part and needs {need}. Choose a batch size that WithGradientAccumulation({_microBatches}) splits so, or fewer parts.");
            }
        }

        return null;
    }

    private string Fault(long samples, long size, long last)
    {
        var whole = $"The real batch holds {samples} sample{(samples == 1 ? "" : "s")}";
        if (_microBatches == 1)
        {
            return whole;
        }

        var parts = last == size ? $"{samples / size} of {size}" : $"{samples / size} of {size} and 1 of {last}";
        return $"{whole}, accumulated in parts ({parts})";
    }
}
