using TorchSharp.Modules;

namespace AdversarialKit;

internal static class ResamplingLayers
{
    // Of torch's bicubic interpolation.
    private const double CubicCoefficient = -0.75;

    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<Upsample>(WriteUpsample),
        LayerWriter.Of<PixelShuffle>((graph, layer, x) =>
            graph.Node("DepthToSpace", [x], new("blocksize", layer.upscale_factor), new("mode", "CRD"))),
        LayerWriter.Of<PixelUnshuffle>(WriteUnshuffle),
        LayerWriter.Of<ChannelShuffle>(WriteChannelShuffle),
    ];

    private static OnnxValue WriteUpsample(OnnxGraph graph, Upsample layer, OnnxValue x)
    {
        var dimensions = graph.ShapeOf(x).Count - 2;
        List<OnnxSetting> attributes = [new("coordinate_transformation_mode", Coordinates(layer))];
        attributes.AddRange(layer.mode switch
        {
            UpsampleMode.Nearest => new OnnxSetting[] { new("mode", "nearest"), new("nearest_mode", "floor") },
            UpsampleMode.Bicubic => [new("mode", "cubic"), new("cubic_coeff_a", CubicCoefficient)],
            _ => [new("mode", "linear")],
        });
        var none = new OnnxValue("");
        return layer.size.Length > 0
            ? graph.Node("Resize", [x, none, none, graph.Concat(0, graph.Sizes(x, 0, 2), graph.Constant(Full(layer.size, dimensions)))], [.. attributes])
            : graph.Node("Resize", [x, none, Scales(graph, Full(layer.scale_factor, dimensions))], [.. attributes]);
    }

    private static string Coordinates(Upsample layer) => layer switch
    {
        { mode: UpsampleMode.Nearest } => "asymmetric",
        { align_corners: true } => "align_corners",
        _ => "pytorch_half_pixel",
    };

    private static OnnxValue Scales(OnnxGraph graph, double[] factors)
    {
        using var scales = tensor([1f, 1f, .. factors.Select(factor => (float)factor)]);
        return graph.Weight("scales", scales);
    }

    private static T[] Full<T>(ReadOnlySpan<T> given, int dimensions) =>
        given.Length == 1 ? [.. Enumerable.Repeat(given[0], dimensions)] : given.ToArray();

    // ONNX's SpaceToDepth lays channels out in another order.
    private static OnnxValue WriteUnshuffle(OnnxGraph graph, PixelUnshuffle layer, OnnxValue x)
    {
        var factor = graph.Constant([layer.downscale_factor]);
        var height = graph.Node("Div", [graph.Sizes(x, 2, 3), factor]);
        var width = graph.Node("Div", [graph.Sizes(x, 3, 4), factor]);
        var blocks = graph.ReshapeTo(x, graph.Concat(0, graph.Sizes(x, 0, 2), height, factor, width, factor));
        var ordered = graph.Transpose(blocks, 0, 1, 3, 5, 2, 4);
        return graph.ReshapeTo(ordered, graph.Concat(0, graph.Sizes(x, 0, 1), graph.Constant([-1]), height, width));
    }

    private static OnnxValue WriteChannelShuffle(OnnxGraph graph, ChannelShuffle layer, OnnxValue x)
    {
        var perGroup = graph.Node("Div", [graph.Sizes(x, 1, 2), graph.Constant([layer.groups])]);
        var grouped = graph.ReshapeTo(
            x, graph.Concat(0, graph.Sizes(x, 0, 1), graph.Constant([layer.groups]), perGroup, graph.Constant([-1])));
        return graph.ReshapeTo(graph.Transpose(grouped, 0, 2, 1, 3), graph.Sizes(x, 0));
    }
}
