using TorchSharp.Modules;

namespace AdversarialKit;

internal static class ShapeLayers
{
    public static IEnumerable<LayerWriter> All => [LayerWriter.Of<Flatten>(WriteFlatten), LayerWriter.Of<Unflatten>(WriteUnflatten)];

    private static OnnxValue WriteFlatten(OnnxGraph graph, Flatten layer, OnnxValue x)
    {
        if (layer is { start_dim: 1, end_dim: -1 })
        {
            return graph.Node("Flatten", [x], new OnnxSetting("axis", 1));
        }

        return Between(graph, x, layer.start_dim, layer.end_dim, [-1]);
    }

    private static OnnxValue WriteUnflatten(OnnxGraph graph, Unflatten layer, OnnxValue x) =>
        Between(graph, x, layer.dim, layer.dim, layer.unflattened_size);

    /// <summary>Other sizes in place of those from one dimension to another, both included.</summary>
    private static OnnxValue Between(OnnxGraph graph, OnnxValue x, long first, long last, long[] sizes)
    {
        List<OnnxValue> shape = [graph.Constant(sizes)];
        if (first != 0)
        {
            shape.Insert(0, graph.Sizes(x, 0, first));
        }

        if (last != -1)
        {
            shape.Add(graph.Sizes(x, last + 1));
        }

        return graph.ReshapeTo(x, shape.Count == 1 ? shape[0] : graph.Concat(0, [.. shape]));
    }
}
