using TorchSharp.Modules;

namespace AdversarialKit;

internal static class PaddingLayers
{
    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<ConstantPad1d>((graph, layer, x) => Constant(graph, layer, x, 1)),
        LayerWriter.Of<ConstantPad2d>((graph, layer, x) => Constant(graph, layer, x, 2)),
        LayerWriter.Of<ConstantPad3d>((graph, layer, x) => Constant(graph, layer, x, 3)),
        LayerWriter.Of<ZeroPad2d>((graph, layer, x) => Constant(graph, layer, x, 2)),
        LayerWriter.Of<ReflectionPad1d>((graph, layer, x) => Write(graph, layer, x, 1, TorchSharp.PaddingModes.Reflect)),
        LayerWriter.Of<ReflectionPad2d>((graph, layer, x) => Write(graph, layer, x, 2, TorchSharp.PaddingModes.Reflect)),
        LayerWriter.Of<ReflectionPad3d>((graph, layer, x) => Write(graph, layer, x, 3, TorchSharp.PaddingModes.Reflect)),
        LayerWriter.Of<ReplicationPad1d>((graph, layer, x) => Write(graph, layer, x, 1, TorchSharp.PaddingModes.Replicate)),
        LayerWriter.Of<ReplicationPad2d>((graph, layer, x) => Write(graph, layer, x, 2, TorchSharp.PaddingModes.Replicate)),
        LayerWriter.Of<ReplicationPad3d>((graph, layer, x) => Write(graph, layer, x, 3, TorchSharp.PaddingModes.Replicate)),
    ];

    /// <summary>Adds so much at both ends of the dimensions behind [N, C].</summary>
    public static OnnxValue Write(OnnxGraph graph, OnnxValue x, long[] before, long[] after, TorchSharp.PaddingModes mode)
    {
        if (mode == TorchSharp.PaddingModes.Circular)
        {
            return Enumerable.Range(0, before.Length).Aggregate(x, (value, i) => Wrap(graph, value, i + 2, before[i], after[i]));
        }

        var pads = graph.Constant([0, 0, .. before, 0, 0, .. after]);
        return graph.Node("Pad", [x, pads], new OnnxSetting("mode", mode switch
        {
            TorchSharp.PaddingModes.Reflect => "reflect",
            TorchSharp.PaddingModes.Replicate => "edge",
            _ => "constant",
        }));
    }

    private static OnnxValue Write(OnnxGraph graph, PadBase layer, OnnxValue x, int dimensions, TorchSharp.PaddingModes mode)
    {
        var (before, after) = Ends(layer.padding, dimensions);
        return Write(graph, x, before, after, mode);
    }

    private static OnnxValue Constant(OnnxGraph graph, PadBase layer, OnnxValue x, int dimensions)
    {
        var (before, after) = Ends(layer.padding, dimensions);
        return graph.Node("Pad", [x, graph.Constant([0, 0, .. before, 0, 0, .. after]), graph.Constant(layer.value)]);
    }

    // torch names the last dimension first: left, right, top, bottom.
    private static (long[] Before, long[] After) Ends(long[] padding, int dimensions)
    {
        var places = Enumerable.Range(0, dimensions).Select(i => 2 * (dimensions - 1 - i)).ToArray();
        return ([.. places.Select(place => padding[place])], [.. places.Select(place => padding[place + 1])]);
    }

    // ONNX's Pad has this from operator set 19 on.
    private static OnnxValue Wrap(OnnxGraph graph, OnnxValue x, int dimension, long before, long after)
    {
        List<OnnxValue> parts = [x];
        if (before > 0)
        {
            parts.Insert(0, Slice(-before, long.MaxValue));
        }

        if (after > 0)
        {
            parts.Add(Slice(0, after));
        }

        return parts.Count == 1 ? x : graph.Concat(dimension, [.. parts]);

        OnnxValue Slice(long start, long end) =>
            graph.Node("Slice", [x, graph.Constant([start]), graph.Constant([end]), graph.Constant([dimension])]);
    }
}
