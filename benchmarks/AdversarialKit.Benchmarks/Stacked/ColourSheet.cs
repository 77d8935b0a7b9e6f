using MnistGan;
using StbImageWriteSharp;

namespace AdversarialKit.Benchmarks;

/// <summary>Colour images side by side as one PNG.</summary>
internal static class ColourSheet
{
    private const int Enlargement = 2;
    private const int GapWidth = 2;

    /// <summary>Writes images [<paramref name="side"/> squared or more, 3, H, W] in [-1, 1], all on one scale.</summary>
    public static void SavePng(Tensor images, int side, string path)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (images.shape[2] * Enlargement, images.shape[3] * Enlargement);
        var tiles = SampleSheet.ToBytes(images.narrow(0, 0, side * side))
            .repeat_interleave(Enlargement, 2).repeat_interleave(Enlargement, 3);
        var framed = full([side * side, 3, height + GapWidth, width + GapWidth], GreyImage.Gap, dtype: ScalarType.Byte);
        framed.narrow(2, 0, height).narrow(3, 0, width).copy_(tiles);
        var (rows, columns) = (side * (height + GapWidth), side * (width + GapWidth));
        var pixels = framed.view(side, side, 3, height + GapWidth, width + GapWidth)
            .permute(0, 3, 1, 4, 2).reshape(rows, columns, 3).contiguous();
        using var file = new ReplacingFile(path);
        new ImageWriter().WritePng(pixels.bytes.ToArray(), (int)columns, (int)rows, ColorComponents.RedGreenBlue, file.Stream);
        file.Complete();
    }
}
