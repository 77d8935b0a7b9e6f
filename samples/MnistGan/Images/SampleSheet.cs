using static TorchSharp.torch;

namespace MnistGan;

/// <summary>
/// Generated images on one sheet. All share one scale, -1 black and 1 white: a sheet that stretched each tile would
/// show a dull image and a sharp one alike.
/// </summary>
internal static class SampleSheet
{
    private const int Enlargement = 3;
    private const int GapWidth = 3;

    /// <summary>Draws the first <paramref name="rows"/> x <paramref name="columns"/> images, row by row.</summary>
    /// <param name="images">[N, 1, H, W] in [-1, 1]; N at least rows x columns.</param>
    /// <param name="rows">Images from top to bottom.</param>
    /// <param name="columns">Images from left to right.</param>
    public static GreyImage Draw(Tensor images, int rows, int columns)
    {
        var count = rows * columns;
        if (images.dim() != 4 || images.shape[0] < count || images.shape[1] != 1)
        {
            throw new ArgumentException(
                $"A sheet of {rows} x {columns} takes images of shape [{count} or more, 1, height, width], but got [{string.Join(", ", images.shape)}].",
                nameof(images));
        }

        var (height, width) = ((int)images.shape[2], (int)images.shape[3]);
        using var scope = NewDisposeScope();
        var pixels = ToBytes(images.narrow(0, 0, count)).bytes;
        var sheet = GreyImage.Blank(
            (columns * ((width * Enlargement) + GapWidth)) + GapWidth,
            (rows * ((height * Enlargement) + GapWidth)) + GapWidth);
        for (var tile = 0; tile < count; tile++)
        {
            var left = GapWidth + (tile % columns * ((width * Enlargement) + GapWidth));
            var top = GapWidth + (tile / columns * ((height * Enlargement) + GapWidth));
            CopyTile(pixels.Slice(tile * height * width, height * width), width, sheet, (top * sheet.Width) + left);
        }

        return sheet;
    }

    /// <summary>[-1, 1] to 0 to 255, rounded and clipped; <c>uint8</c> of the same shape on the CPU.</summary>
    public static Tensor ToBytes(Tensor images)
    {
        using var scope = NewDisposeScope();
        return images.detach().cpu().to(ScalarType.Float32).add(1).mul(127.5).round().clamp(0, 255)
            .to(ScalarType.Byte).contiguous().MoveToOuterDisposeScope();
    }

    private static void CopyTile(ReadOnlySpan<byte> tile, int width, GreyImage sheet, int start)
    {
        var height = tile.Length / width;
        for (var y = 0; y < height * Enlargement; y++)
        {
            for (var x = 0; x < width * Enlargement; x++)
            {
                sheet.Pixels[start + (y * sheet.Width) + x] = tile[(y / Enlargement * width) + (x / Enlargement)];
            }
        }
    }
}
