using StbImageWriteSharp;

namespace AdversarialKit;

/// <summary>
/// Images side by side on one sheet, encoded as PNG. All share one scale, -1 dark and 1 bright: a sheet that stretched
/// each image would show a dull one and a sharp one alike. The gaps are transparent, to suit a light page and a dark one.
/// </summary>
internal static class SampleGrid
{
    private const int Gap = 2;
    private const int BytesPerPixel = 4;
    private const int LongestSide = 128;

    /// <summary>Every picture of a run is kept in its report: this many pixels a sheet keep 24 of them within a few MB.</summary>
    private const int PixelBudget = 150_000;

    // Held, because TorchSharp lets go of a number during the call that it is made for.
    private static readonly Scalar Black = 0.ToScalar();
    private static readonly Scalar One = 1.ToScalar();
    private static readonly Scalar Half = 127.5.ToScalar();
    private static readonly Scalar White = 255.ToScalar();

    /// <summary>Whether samples of this shape are images: [N, 1 or 3, H, W].</summary>
    public static bool Fits(Tensor samples) => samples.dim() == 4 && samples.shape[1] is 1 or 3 && samples.numel() > 0;

    /// <summary>Draws images [N, 1 or 3, H, W] in [-1, 1]; as many as the sheet holds, and large ones made smaller.</summary>
    public static SheetImage Draw(Tensor images)
    {
        using var scope = NewDisposeScope();
        var pixels = ToBytes(images);
        var (channels, height, width) = ((int)pixels.shape[1], (int)pixels.shape[2], (int)pixels.shape[3]);
        var count = (int)Math.Clamp(PixelBudget / Math.Max(height * width, 1), 1, pixels.shape[0]);
        var columns = (int)Math.Ceiling(Math.Sqrt(count));
        var rows = (count + columns - 1) / columns;
        var sheet = new byte[BytesPerPixel * Extent(columns, width) * Extent(rows, height)];
        var source = pixels.bytes;
        var tile = channels * height * width;
        for (var i = 0; i < count; i++)
        {
            var start = (i / columns * (height + Gap) * Extent(columns, width)) + (i % columns * (width + Gap));
            CopyTile(source.Slice(i * tile, tile), (channels, width), sheet.AsSpan(start * BytesPerPixel), Extent(columns, width));
        }

        return Encode(sheet, Extent(columns, width), Extent(rows, height));
    }

    private static int Extent(int tiles, int length) => (tiles * (length + Gap)) - Gap;

    private static Tensor ToBytes(Tensor images)
    {
        var values = images.detach().cpu().to(ScalarType.Float32);
        var shrink = (Math.Max(values.shape[2], values.shape[3]) + LongestSide - 1) / LongestSide;
        if (shrink > 1)
        {
            // A side that is shorter than a step stays one pixel wide.
            long[] steps = [Math.Min(shrink, values.shape[2]), Math.Min(shrink, values.shape[3])];
            values = nn.functional.avg_pool2d(values, steps, steps);
        }

        return values.nan_to_num(0, 1, -1).add(One).mul(Half).round().clamp(Black, White).to(ScalarType.Byte).contiguous();
    }

    private static void CopyTile(ReadOnlySpan<byte> tile, (int Channels, int Width) shape, Span<byte> sheet, int sheetWidth)
    {
        var plane = tile.Length / shape.Channels;
        for (var i = 0; i < plane; i++)
        {
            var pixel = sheet[(((i / shape.Width * sheetWidth) + (i % shape.Width)) * BytesPerPixel)..];
            pixel[0] = tile[i];
            pixel[1] = tile[shape.Channels == 1 ? i : i + plane];
            pixel[2] = tile[shape.Channels == 1 ? i : i + (2 * plane)];
            pixel[3] = byte.MaxValue;
        }
    }

    private static SheetImage Encode(byte[] sheet, int width, int height)
    {
        using var stream = new MemoryStream();
        new ImageWriter().WritePng(sheet, width, height, ColorComponents.RedGreenBlueAlpha, stream);
        return new SheetImage(stream.ToArray(), width, height);
    }
}
