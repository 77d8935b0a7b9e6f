using TorchSharp.Modules;

namespace AdversarialKit;

internal static class ConvolutionLayers
{
    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<Conv1d>(Write),
        LayerWriter.Of<Conv2d>(Write),
        LayerWriter.Of<Conv3d>(Write),
        LayerWriter.Of<ConvTranspose1d>(Write),
        LayerWriter.Of<ConvTranspose2d>(Write),
        LayerWriter.Of<ConvTranspose3d>(Write),
    ];

    public static OnnxValue Write(OnnxGraph graph, ConvolutionSettings settings, OnnxValue x, (Tensor Weight, Tensor? Bias) numbers)
    {
        var padsItself = settings.PaddingMode == TorchSharp.PaddingModes.Zeros;
        var maps = padsItself ? x : PaddingLayers.Write(graph, x, settings.Before, settings.After, settings.PaddingMode);
        OnnxValue[] inputs = numbers.Bias is { } bias
            ? [maps, graph.Weight("weight", numbers.Weight), graph.Weight("bias", bias)]
            : [maps, graph.Weight("weight", numbers.Weight)];
        List<OnnxSetting> attributes =
        [
            new("kernel_shape", numbers.Weight.shape[2..]),
            new("strides", settings.Stride),
            new("dilations", settings.Dilation),
            new("group", settings.Groups),
            new("pads", padsItself ? [.. settings.Before, .. settings.After] : new long[2 * settings.Stride.Length]),
        ];
        if (settings.Transposed)
        {
            attributes.Add(new("output_padding", settings.OutputPadding));
        }

        return graph.Node(settings.Transposed ? "ConvTranspose" : "Conv", inputs, [.. attributes]);
    }

    private static OnnxValue Write(OnnxGraph graph, Convolution layer, OnnxValue x) =>
        Write(graph, ConvolutionSettings.Of(layer), x, (layer.weight!, layer.bias));
}
