using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Normalizations in inference mode.</summary>
internal static class NormalizationLayers
{
    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<BatchNorm1d>(WriteBatch),
        LayerWriter.Of<BatchNorm2d>(WriteBatch),
        LayerWriter.Of<BatchNorm3d>(WriteBatch),
        LayerWriter.Of<SynchronizedBatchNorm>(WriteSynchronized),
        LayerWriter.Of<InstanceNorm1d>(WriteInstance),
        LayerWriter.Of<InstanceNorm2d>(WriteInstance),
        LayerWriter.Of<InstanceNorm3d>(WriteInstance),
        LayerWriter.Of<GroupNorm>(WriteGroup),
        LayerWriter.Of<LayerNorm>(WriteLayer),
        LayerWriter.Of<LocalResponseNorm>(WriteLocalResponse),
        LayerWriter.Of<PixelNorm>(WritePixel),
        LayerWriter.Of<MinibatchStdDev>(BatchDeviation.Write),
    ];

    private static OnnxValue WriteBatch(OnnxGraph graph, NormBase layer, OnnxValue x) =>
        layer.running_mean is { } mean ? WithStatistics(graph, layer, x, mean) : WithoutStatistics(graph, layer.weight, layer.bias, layer.eps, x);

    private static OnnxValue WriteSynchronized(OnnxGraph graph, SynchronizedBatchNorm layer, OnnxValue x)
    {
        var (weight, bias, mean, variance) = layer.Numbers;
        if (mean is null)
        {
            return WithoutStatistics(graph, weight, bias, layer.Epsilon, x);
        }

        var (scale, shift) = Affine(graph, weight, bias, layer.Features);
        return graph.Node(
            "BatchNormalization",
            [x, scale, shift, graph.Weight("running_mean", mean), graph.Weight("running_var", variance!)],
            new OnnxSetting("epsilon", layer.Epsilon));
    }

    private static OnnxValue WithStatistics(OnnxGraph graph, NormBase layer, OnnxValue x, Tensor mean)
    {
        var (scale, shift) = Affine(graph, layer.weight, layer.bias, layer.num_features);
        return graph.Node(
            "BatchNormalization",
            [x, scale, shift, graph.Weight("running_mean", mean), graph.Weight("running_var", layer.running_var!)],
            new OnnxSetting("epsilon", layer.eps));
    }

    // Those of the batch at hand, which ONNX has for training alone.
    private static OnnxValue WithoutStatistics(OnnxGraph graph, Parameter? weight, Parameter? bias, double epsilon, OnnxValue x) => graph.ByChannel(x, maps =>
    {
        var deviations = graph.Node("Sub", [maps, Mean(graph, maps, 0, 2)]);
        var variance = Mean(graph, graph.Multiply(deviations, deviations), 0, 2);
        var normalized = graph.Node("Div", [deviations, graph.Node("Sqrt", [graph.Add(variance, graph.Constant(epsilon))])]);
        return ScaleAndShift(graph, normalized, weight, bias);
    });

    private static OnnxValue WriteInstance(OnnxGraph graph, NormBase layer, OnnxValue x)
    {
        if (layer.running_mean is { } mean)
        {
            return WithStatistics(graph, layer, x, mean);
        }

        var (scale, shift) = Affine(graph, layer.weight, layer.bias, layer.num_features);
        return graph.Node("InstanceNormalization", [x, scale, shift], new OnnxSetting("epsilon", layer.eps));
    }

    // The groups of a sample are the instances of [N, groups, everything else].
    private static OnnxValue WriteGroup(OnnxGraph graph, GroupNorm layer, OnnxValue x)
    {
        var (scale, shift) = Affine(graph, null, null, layer.num_groups);
        var normalized = graph.Node(
            "InstanceNormalization", [graph.Reshape(x, 0, layer.num_groups, -1), scale, shift], new OnnxSetting("epsilon", layer.eps));
        var maps = graph.ReshapeTo(normalized, graph.Sizes(x, 0));
        return layer.weight is null ? maps : graph.ByChannel(maps, channels => ScaleAndShift(graph, channels, layer.weight, layer.bias));
    }

    private static OnnxValue WriteLayer(OnnxGraph graph, LayerNorm layer, OnnxValue x)
    {
        using var ones = torch.ones(layer.normalized_shape);
        List<OnnxValue> inputs = [x, graph.Weight("weight", layer.weight ?? ones)];
        if (layer.bias is { } bias)
        {
            inputs.Add(graph.Weight("bias", bias));
        }

        return graph.Node(
            "LayerNormalization", inputs, new OnnxSetting("axis", -layer.normalized_shape.Length), new OnnxSetting("epsilon", layer.eps));
    }

    private static OnnxValue WriteLocalResponse(OnnxGraph graph, LocalResponseNorm layer, OnnxValue x) => layer.size % 2 == 1
        ? graph.Node("LRN", [x], new("size", layer.size), new("alpha", layer.alpha), new("beta", layer.beta), new("bias", layer.k))
        : throw graph.Fault($"of size {layer.size}; ONNX Runtime takes odd sizes alone.");

    private static OnnxValue WritePixel(OnnxGraph graph, PixelNorm layer, OnnxValue x)
    {
        var power = graph.Add(Mean(graph, graph.Multiply(x, x), 1), graph.Constant(PixelNorm.Epsilon));
        return graph.Node("Div", [x, graph.Node("Sqrt", [power])]);
    }

    private static OnnxValue Mean(OnnxGraph graph, OnnxValue x, params long[] dimensions) =>
        graph.Node("ReduceMean", [x], new OnnxSetting("axes", dimensions));

    private static OnnxValue ScaleAndShift(OnnxGraph graph, OnnxValue channels, Tensor? weight, Tensor? bias)
    {
        if (weight is null)
        {
            return channels;
        }

        using var scale = weight.unsqueeze(1);
        var scaled = graph.Multiply(channels, graph.Weight("weight", scale));
        if (bias is null)
        {
            return scaled;
        }

        using var shift = bias.unsqueeze(1);
        return graph.Add(scaled, graph.Weight("bias", shift));
    }

    private static (OnnxValue Scale, OnnxValue Shift) Affine(OnnxGraph graph, Tensor? weight, Tensor? bias, long features)
    {
        using var ones = torch.ones(features);
        using var zeros = torch.zeros(features);
        return (graph.Weight("weight", weight ?? ones), graph.Weight("bias", bias ?? zeros));
    }
}
