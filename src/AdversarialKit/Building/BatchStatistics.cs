namespace AdversarialKit;

/// <summary>
/// Whether a batch is large enough for the layers that take statistics over it. Under gradient accumulation they take them over
/// a part: one of a single sample has no variance, and TorchSharp then writes NaN into the running one without a word.
/// </summary>
internal sealed class BatchStatistics
{
    private readonly int _microBatches;
    private readonly int _together;
    private readonly (string Owner, string Name, nn.Module Layer, int Pack)[] _layers;

    /// <param name="networks">The networks, and how many samples each takes as one.</param>
    /// <param name="microBatches">Passes per update.</param>
    /// <param name="together">Samples that stay in one part.</param>
    public BatchStatistics(IEnumerable<(Network Network, int Pack)> networks, int microBatches, int together)
    {
        _microBatches = microBatches;
        _together = together;
        _layers = [.. networks.SelectMany(n => BatchDependence.Layers(n.Network.Module).Select(layer => (n.Network.Role, layer.Name, layer.Layer, n.Pack)))];
    }

    /// <summary>The first layer that cannot work on such a batch, in words; null where all can.</summary>
    public string? FaultOf(long samples)
    {
        var size = NamedBatch.PartSize(samples, _microBatches, _together);
        var last = (samples - 1) % size + 1;
        foreach (var (owner, name, layer, pack) in _layers)
        {
            if ((BatchDependence.NeedUnmetBy(layer, size / pack) ?? BatchDependence.NeedUnmetBy(layer, last / pack)) is { } need)
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
