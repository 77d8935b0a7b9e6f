using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Layers that put others together, and those that do nothing in inference mode.</summary>
internal static class StructureLayers
{
    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<Sequential>((graph, layer, x) => layer.children().Aggregate(x, (value, child) => graph.Call(child, value))),
        LayerWriter.Of<Residual>((graph, layer, x) => graph.Add(x, graph.Call(layer.Branch, x))),
        Nothing<Identity>(),
        Nothing<Dropout>(),
        Nothing<Dropout1d>(),
        Nothing<Dropout2d>(),
        Nothing<Dropout3d>(),
        Nothing<AlphaDropout>(),
        Nothing<FeatureAlphaDropout>(),
    ];

    private static LayerWriter Nothing<T>()
        where T : nn.Module => LayerWriter.Of<T>((_, _, x) => x);
}
