using static TorchSharp.torch;

namespace Translation;

/// <summary>What the jobs make of digits [N, 1, 28, 28] in [-1, 1].</summary>
internal static class Pictures
{
    public const int Reduction = 4;

    /// <summary>A line of one pixel around the ink.</summary>
    public static Tensor Outlines(Tensor digits)
    {
        using var scope = NewDisposeScope();
        var ink = (digits > 0).to(ScalarType.Float32);
        var around = nn.functional.max_pool2d(ink, 3, stride: 1, padding: 1) - ink;
        return (around * 2 - 1).MoveToOuterDisposeScope();
    }

    /// <summary>Each 4 x 4 pixels become one, drawn as large as they were: 49 numbers are left of 784.</summary>
    public static Tensor Blocks(Tensor digits)
    {
        using var scope = NewDisposeScope();
        return Enlarged(Small(digits), InterpolationMode.Nearest, null).MoveToOuterDisposeScope();
    }

    /// <summary>What a program without a network would draw of the 49 numbers.</summary>
    public static Tensor Bicubic(Tensor blocks)
    {
        using var scope = NewDisposeScope();
        return Enlarged(Small(blocks), InterpolationMode.Bicubic, false).clamp(-1, 1).MoveToOuterDisposeScope();
    }

    private static Tensor Small(Tensor digits) => nn.functional.avg_pool2d(digits, Reduction);

    private static Tensor Enlarged(Tensor small, InterpolationMode mode, bool? corners) =>
        nn.functional.interpolate(small, scale_factor: [Reduction, Reduction], mode: mode, align_corners: corners);
}
