namespace AdversarialKit;

/// <summary>Layers of style-based generators, and the draw from categories, which no file can hold.</summary>
internal static class StyleLayers
{
    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<EqualizedConv2d>(WriteConvolution),
        LayerWriter.Of<ModulatedConv2d>(WriteModulated),
        LayerWriter.Of<NoiseInjection>(WriteNoise),
        LayerWriter.Of<StyleMixing>(WriteStyles),
        LayerWriter.Of<GumbelSoftmax>((graph, _, _) => throw graph.Fault(
            "that draws random numbers at every call, which a file cannot repeat. Export the network up to its logits, and draw from them in the program that runs the file.")),
    ];

    private static OnnxValue WriteConvolution(OnnxGraph graph, EqualizedConv2d layer, OnnxValue x)
    {
        using var weight = layer.ScaledWeight();
        return Convolution(graph, x, weight, layer.Padding, layer.Stride, graph.Weight("bias", layer.Bias));
    }

    // The styles scale the maps before and after one convolution for all samples, instead of the weights of one for each: the same sums.
    private static OnnxValue WriteModulated(OnnxGraph graph, ModulatedConv2d layer, OnnxValue x, OnnxValue style)
    {
        using var weight = layer.ScaledWeight();
        var maps = Convolution(graph, graph.Multiply(x, PerMap(graph, style)), weight, weight.shape[2] / 2, 1);
        if (!layer.Demodulates)
        {
            return maps;
        }

        using var squares = weight.square();
        using var sums = squares.sum([2, 3]);
        using var columns = sums.t();
        var energy = graph.Node("MatMul", [graph.Multiply(style, style), graph.Weight("energy", columns)]);
        var root = graph.Node("Sqrt", [graph.Add(energy, graph.Constant(ModulatedConv2d.Epsilon))]);
        return graph.Node("Div", [maps, PerMap(graph, root)]);
    }

    private static OnnxValue WriteNoise(OnnxGraph graph, NoiseInjection layer, OnnxValue x)
    {
        var shape = graph.ShapeOf(x);
        using var noise = layer.FixedNoise(shape[2], shape[3]);
        return graph.Add(x, graph.Weight("noise", noise));
    }

    // In inference mode all layers take the first style.
    private static OnnxValue WriteStyles(OnnxGraph graph, StyleMixing layer, OnnxValue first, OnnxValue second) =>
        graph.Node("Tile", [graph.Node("Unsqueeze", [first, graph.Constant([1])]), graph.Constant([1, layer.Layers, 1])]);

    private static OnnxValue PerMap(OnnxGraph graph, OnnxValue perChannel) => graph.Node("Unsqueeze", [perChannel, graph.Constant([2, 3])]);

    private static OnnxValue Convolution(OnnxGraph graph, OnnxValue x, Tensor weight, long padding, long stride, params OnnxValue[] bias) =>
        graph.Node(
            "Conv",
            [x, graph.Weight("weight", weight), .. bias],
            new("kernel_shape", weight.shape[2..]),
            new("strides", [stride, stride]),
            new("pads", [padding, padding, padding, padding]));
}
