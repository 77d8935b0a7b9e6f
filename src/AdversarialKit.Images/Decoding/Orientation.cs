using SkiaSharp;

namespace AdversarialKit;

/// <summary>Turns pictures the way that they were meant to be seen: cameras store what the sensor saw and how they were held.</summary>
internal static class Orientation
{
    /// <summary>Whether width and height change places.</summary>
    public static bool Swaps(SKEncodedOrigin origin) => origin is
        SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>Returns the picture itself, or a turned one in its place.</summary>
    public static Picture Apply(Picture picture, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or < SKEncodedOrigin.TopLeft or > SKEncodedOrigin.LeftBottom)
        {
            return picture;
        }

        using var source = picture;
        var swaps = Swaps(origin);
        var turned = swaps
            ? new Picture(source.Height, source.Width, source.IsOpaque)
            : new Picture(source.Width, source.Height, source.IsOpaque);
        // Where each pixel comes from: the stored row or column counts from its other end where the origin says so.
        var fromRight = origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var fromBottom = origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
        var from = source.Whole;
        var to = turned.Whole;
        for (var y = 0; y < turned.Height; y++)
        {
            for (var x = 0; x < turned.Width; x++)
            {
                var (column, row) = swaps ? (y, x) : (x, y);
                column = fromRight ? source.Width - 1 - column : column;
                row = fromBottom ? source.Height - 1 - row : row;
                to[(y * turned.Width) + x] = from[(row * source.Width) + column];
            }
        }

        return turned;
    }
}
