using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Layers that put others together, and those that do nothing in inference mode.</summary>
internal static class StructureLayers
{
    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<Sequential>((graph, layer, x) => layer.children().Aggregate(x, (value, child) => graph.Call(child, value))),
        LayerWriter.Of<Residual>((graph, layer, x) => graph.Add(x, graph.Call(layer.Branch, x))),
        LayerWriter.Of<Concatenated>((graph, layer, x) => graph.Concat(1, graph.Call(layer.Branch, x), x)),
        LayerWriter.Of<TwoInputs>((graph, layer, x, y) => graph.Call(layer.Network, graph.Concat(1, x, y))),
        LayerWriter.Of<ReconstructionEnergy>(WriteEnergy),
        Nothing<Identity>(),
        Nothing<Dropout>(),
        Nothing<Dropout1d>(),
        Nothing<Dropout2d>(),
        Nothing<Dropout3d>(),
        Nothing<AlphaDropout>(),
        Nothing<FeatureAlphaDropout>(),
    ];

    private static OnnxValue WriteEnergy(OnnxGraph graph, ReconstructionEnergy layer, OnnxValue x)
    {
        var error = graph.Node("Sub", [graph.Call(layer.Autoencoder, x), x]);
        var badness = layer.Squared ? graph.Multiply(error, error) : graph.Node("Abs", [error]);
        return graph.Node("ReduceMean", [graph.Reshape(badness, 0, -1)], new("axes", [1L]), new("keepdims", 1));
    }

    private static LayerWriter Nothing<T>()
        where T : nn.Module => LayerWriter.Of<T>((_, _, x) => x);
}
