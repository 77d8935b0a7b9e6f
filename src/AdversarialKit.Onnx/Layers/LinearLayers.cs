using TorchSharp.Modules;

namespace AdversarialKit;

internal static class LinearLayers
{
    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<Linear>((graph, layer, x) => Write(graph, x, layer.weight!, layer.bias)),
        LayerWriter.Of<EqualizedLinear>((graph, layer, x) => Write(graph, x, layer.ScaledWeight(), layer.ScaledBias())),
    ];

    /// <summary>Inputs [..., in] to outputs [..., out]: ONNX's Gemm would take [N, in] alone.</summary>
    public static OnnxValue Write(OnnxGraph graph, OnnxValue x, Tensor weight, Tensor? bias)
    {
        using var columns = weight.t();
        var product = graph.Node("MatMul", [x, graph.Weight("weight", columns)]);
        return bias is null ? product : graph.Add(product, graph.Weight("bias", bias));
    }
}
