using TorchSharp.Modules;

namespace AdversarialKit;

internal static class PoolingLayers
{
    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<MaxPool1d>((graph, layer, x) => Max(
            graph, x, [layer.kernel_size], Given(layer.stride), Given(layer.padding), Given(layer.dilation), layer.ceil_mode)),
        LayerWriter.Of<MaxPool2d>((graph, layer, x) => Max(
            graph, x, layer.kernel_size, layer.stride, layer.padding, layer.dilation, layer.ceil_mode)),
        LayerWriter.Of<MaxPool3d>((graph, layer, x) => Max(
            graph, x, layer.kernel_size, layer.stride, layer.padding, layer.dilation, layer.ceil_mode)),
        LayerWriter.Of<AvgPool1d>((graph, layer, x) => Mean(
            graph, x, [layer.kernel_size], Given(layer.stride), Given(layer.padding), layer.ceil_mode, layer.count_include_pad, null)),
        LayerWriter.Of<AvgPool2d>((graph, layer, x) => Mean(
            graph, x, layer.kernel_size, layer.stride, layer.padding, layer.ceil_mode, layer.count_include_pad, layer.divisor_override)),
        LayerWriter.Of<AvgPool3d>((graph, layer, x) => Mean(
            graph, x, layer.kernel_size, layer.stride, layer.padding, layer.ceil_mode, layer.count_include_pad, layer.divisor_override)),
        LayerWriter.Of<AdaptiveAvgPool1d>((graph, layer, x) => Adaptive(graph, "AveragePool", x, [layer.output_size])),
        LayerWriter.Of<AdaptiveAvgPool2d>((graph, layer, x) => Adaptive(graph, "AveragePool", x, layer.output_size)),
        LayerWriter.Of<AdaptiveAvgPool3d>((graph, layer, x) => Adaptive(graph, "AveragePool", x, layer.output_size)),
        LayerWriter.Of<AdaptiveMaxPool1d>((graph, layer, x) => Adaptive(graph, "MaxPool", x, [layer.output_size])),
        LayerWriter.Of<AdaptiveMaxPool2d>((graph, layer, x) => Adaptive(graph, "MaxPool", x, layer.output_size)),
    ];

    private static OnnxValue Max(
        OnnxGraph graph, OnnxValue x, long[] kernel, long[]? stride, long[]? padding, long[]? dilation, bool ceil) =>
        graph.Node("MaxPool", [x], [.. Window(kernel, stride, padding, ceil), new("dilations", Full(dilation, kernel.Length, 1))]);

    private static OnnxValue Mean(
        OnnxGraph graph, OnnxValue x, long[] kernel, long[]? stride, long[]? padding, bool ceil, bool countsPadding, long? divisor)
    {
        if (divisor is not null)
        {
            throw graph.Fault($"with a divisor of its own, {divisor}, which ONNX does not have. Leave it out, and scale the result.");
        }

        return graph.Node("AveragePool", [x], [.. Window(kernel, stride, padding, ceil), new("count_include_pad", countsPadding ? 1 : 0)]);
    }

    // Windows of one size are all that ONNX has.
    private static OnnxValue Adaptive(OnnxGraph graph, string operation, OnnxValue x, long[] sizes)
    {
        var sides = graph.ShapeOf(x).Skip(2).ToArray();
        var wanted = Full(sizes, sides.Length, 1);
        if (sides.Where((side, i) => wanted[i] < 1 || side % wanted[i] != 0).Any())
        {
            throw graph.Fault($"that makes {Text.Sizes(wanted)} of {Text.Sizes(sides)}; it can be written where the sizes divide.");
        }

        var kernel = sides.Select((side, i) => side / wanted[i]).ToArray();
        return graph.Node(operation, [x], [.. Window(kernel, null, null, ceil: false)]);
    }

    private static OnnxSetting[] Window(long[] kernel, long[]? stride, long[]? padding, bool ceil)
    {
        var pads = Full(padding, kernel.Length, 0);
        return
        [
            new("kernel_shape", kernel),
            new("strides", stride is { Length: > 0 } ? Full(stride, kernel.Length, 1) : kernel),
            new("pads", [.. pads, .. pads]),
            new("ceil_mode", ceil ? 1 : 0),
        ];
    }

    private static long[] Full(long[]? sizes, int dimensions, long otherwise) => sizes switch
    {
        null or [] => [.. Enumerable.Repeat(otherwise, dimensions)],
        [var same] => [.. Enumerable.Repeat(same, dimensions)],
        _ => sizes,
    };

    private static long[]? Given(long? size) => size is { } given ? [given] : null;
}
