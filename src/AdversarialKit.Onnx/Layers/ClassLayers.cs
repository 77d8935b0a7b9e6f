using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Layers that take class labels.</summary>
internal static class ClassLayers
{
    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<Embedding>((graph, layer, labels) => Lookup(graph, layer.weight!, labels)),
        LayerWriter.Of<ConditionalBatchNorm>(WriteNorm),
        LayerWriter.Of<ProjectionHead>(WriteHead),
    ];

    public static OnnxValue Lookup(OnnxGraph graph, Tensor weight, OnnxValue labels) => graph.Node("Gather", [graph.Weight("weight", weight), labels]);

    private static OnnxValue WriteNorm(OnnxGraph graph, ConditionalBatchNorm layer, OnnxValue x, OnnxValue labels)
    {
        var gamma = PerSample(layer.Gamma);
        var beta = PerSample(layer.Beta);
        return graph.Add(graph.Multiply(gamma, graph.Call(layer.Norm, x)), beta);

        OnnxValue PerSample(Embedding embedding)
        {
            var embedded = graph.Call(embedding, labels);
            return layer.Rank == 2 ? embedded : graph.Node("Unsqueeze", [embedded, graph.Constant([2, 3])]);
        }
    }

    private static OnnxValue WriteHead(OnnxGraph graph, ProjectionHead layer, OnnxValue features, OnnxValue labels)
    {
        var products = graph.Multiply(graph.Call(layer.Embedding, labels), features);
        return graph.Add(graph.Call(layer.Linear, features), graph.Node("ReduceSum", [products, graph.Constant([1])]));
    }
}
