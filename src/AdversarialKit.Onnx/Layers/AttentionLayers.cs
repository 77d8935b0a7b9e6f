namespace AdversarialKit;

internal static class AttentionLayers
{
    public static IEnumerable<LayerWriter> All => [LayerWriter.Of<SelfAttention>(Write)];

    private static OnnxValue Write(OnnxGraph graph, SelfAttention layer, OnnxValue x)
    {
        var keys = Flat(layer.Key);
        var queries = Flat(layer.Query);
        var values = Flat(layer.Value);

        // As in SelfAttention.forward.
        var scores = graph.Node("MatMul", [graph.Transpose(queries, 0, 2, 1), keys]);
        var attention = graph.Node("Softmax", [scores], new OnnxSetting("axis", 2));
        var attended = graph.Node("MatMul", [values, graph.Transpose(attention, 0, 2, 1)]);
        var maps = graph.ReshapeTo(attended, graph.Concat(0, graph.Sizes(attended, 0, 2), graph.Sizes(x, 2)));
        return graph.Add(graph.Multiply(graph.Weight("gamma", layer.Gamma), graph.Call(layer.Output, maps)), x);

        OnnxValue Flat(nn.Module convolution) => graph.Reshape(graph.Call(convolution, x), 0, 0, -1);
    }
}
