using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>What a <see cref="SpectrallyNormalized"/> layer does with its normalised weight.</summary>
/// <param name="Name">For <c>ToString()</c>.</param>
/// <param name="OutputDimension">The dimension of the weight that counts the outputs: the rows of its matrix.</param>
/// <param name="Compute">Maps input, weight and bias to the output.</param>
internal sealed record SpectralOperation(string Name, int OutputDimension, Func<Tensor, Tensor, Tensor?, Tensor> Compute)
{
    public static SpectralOperation Linear() => new("Linear", 0, (x, w, b) => nn.functional.linear(x, w, b));

    public static SpectralOperation Lookup() => new("Embedding", 0, (labels, w, _) => w.index_select(0, labels));

    public static SpectralOperation Convolution(Conv2d layer)
    {
        var (stride, dilation, groups) = (layer.stride, layer.dilation, layer.groups);
        var (mode, pad) = (layer.padding_mode, Padding(layer));
        if (mode == TorchSharp.PaddingModes.Zeros && pad[0] == pad[1] && pad[2] == pad[3])
        {
            return new("Conv2d", 0, (x, w, b) =>
                nn.functional.conv2d(x, w, b, stride, [pad[2], pad[0]], dilation, groups));
        }

        var padMode = mode == TorchSharp.PaddingModes.Zeros ? TorchSharp.PaddingModes.Constant : mode;
        return new("Conv2d", 0, (x, w, b) =>
        {
            using var padded = nn.functional.pad(x, pad, padMode);
            return nn.functional.conv2d(padded, w, b, stride, [0, 0], dilation, groups);
        });
    }

    public static SpectralOperation Transposed(ConvTranspose2d layer)
    {
        var (stride, padding, outputPadding) = (layer.stride, layer.padding, layer.output_padding);
        var (dilation, groups) = (layer.dilation, layer.groups);
        return new("ConvTranspose2d", 1, (x, w, b) =>
            nn.functional.conv_transpose2d(x, w, b, stride, padding, outputPadding, dilation, groups));
    }

    /// <summary>Left, right, top, bottom. "Same" puts the odd one to the right and the bottom, as PyTorch does.</summary>
    private static long[] Padding(Conv2d layer)
    {
        if (layer.padding is [var height, var width])
        {
            return [width, width, height, height];
        }

        if (layer.padding_type != TorchSharp.Padding.Same)
        {
            return [0, 0, 0, 0];
        }

        var (total0, total1) = (layer.dilation[0] * (layer.kernel_size[0] - 1), layer.dilation[1] * (layer.kernel_size[1] - 1));
        return [total1 / 2, total1 - (total1 / 2), total0 / 2, total0 - (total0 / 2)];
    }
}
