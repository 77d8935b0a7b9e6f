using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>What a <see cref="SpectrallyNormalized"/> layer does with its normalised weight.</summary>
/// <param name="Kind">Which layer it was.</param>
/// <param name="Convolution">Its settings, if it was a convolution.</param>
/// <param name="Compute">Maps input, weight and bias to the output.</param>
internal sealed record SpectralOperation(SpectralKind Kind, ConvolutionSettings? Convolution, Func<Tensor, Tensor, Tensor?, Tensor> Compute)
{
    /// <summary>The dimension of the weight that counts the outputs: the rows of its matrix.</summary>
    public int OutputDimension => Kind == SpectralKind.ConvTranspose2d ? 1 : 0;

    public static SpectralOperation Linear() => new(SpectralKind.Linear, null, (x, w, b) => nn.functional.linear(x, w, b));

    public static SpectralOperation Lookup() => new(SpectralKind.Embedding, null, (labels, w, _) => w.index_select(0, labels));

    public static SpectralOperation Of(Conv2d layer)
    {
        var settings = ConvolutionSettings.Of(layer);
        var (stride, dilation, groups) = (settings.Stride, settings.Dilation, settings.Groups);
        if (settings.PaddingMode == TorchSharp.PaddingModes.Zeros && settings.IsSymmetric)
        {
            return new(SpectralKind.Conv2d, settings, (x, w, b) => nn.functional.conv2d(x, w, b, stride, settings.Before, dilation, groups));
        }

        // Left, right, top, bottom.
        long[] pad = [settings.Before[1], settings.After[1], settings.Before[0], settings.After[0]];
        var mode = settings.PaddingMode == TorchSharp.PaddingModes.Zeros ? TorchSharp.PaddingModes.Constant : settings.PaddingMode;
        return new(SpectralKind.Conv2d, settings, (x, w, b) =>
        {
            using var padded = nn.functional.pad(x, pad, mode);
            return nn.functional.conv2d(padded, w, b, stride, [0, 0], dilation, groups);
        });
    }

    public static SpectralOperation Of(ConvTranspose2d layer)
    {
        var settings = ConvolutionSettings.Of(layer);
        return new(SpectralKind.ConvTranspose2d, settings, (x, w, b) => nn.functional.conv_transpose2d(
            x, w, b, settings.Stride, settings.Before, settings.OutputPadding, settings.Dilation, settings.Groups));
    }
}
