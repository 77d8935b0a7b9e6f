using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>What a convolution does beside its weights, for any number of dimensions.</summary>
internal sealed record ConvolutionSettings
{
    public required bool Transposed { get; init; }

    public required long[] Stride { get; init; }

    public required long[] Dilation { get; init; }

    public required long[] OutputPadding { get; init; }

    public required long Groups { get; init; }

    /// <summary>What lies beyond the edges.</summary>
    public required TorchSharp.PaddingModes PaddingMode { get; init; }

    /// <summary>How much is added before the first element, by dimension.</summary>
    public required long[] Before { get; init; }

    /// <summary>How much is added behind the last element, by dimension.</summary>
    public required long[] After { get; init; }

    public bool IsSymmetric => Before.AsSpan().SequenceEqual(After);

    public static ConvolutionSettings Of(Convolution layer)
    {
        var (before, after) = Padding(layer);
        return new ConvolutionSettings
        {
            Transposed = layer.transposed,
            Stride = layer.stride,
            Dilation = layer.dilation,
            OutputPadding = layer.output_padding ?? new long[layer.stride.Length],
            Groups = layer.groups,
            PaddingMode = layer.padding_mode,
            Before = before,
            After = after,
        };
    }

    // "Same" puts the odd one behind the last element, as PyTorch does.
    private static (long[] Before, long[] After) Padding(Convolution layer)
    {
        var dimensions = layer.kernel_size.Length;
        if (layer.padding is { } padding && padding.Length == dimensions)
        {
            return (padding, padding);
        }

        if (layer.padding_type != TorchSharp.Padding.Same)
        {
            return (new long[dimensions], new long[dimensions]);
        }

        var total = layer.kernel_size.Select((size, i) => layer.dilation[i] * (size - 1)).ToArray();
        return ([.. total.Select(sum => sum / 2)], [.. total.Select(sum => sum - (sum / 2))]);
    }
}
