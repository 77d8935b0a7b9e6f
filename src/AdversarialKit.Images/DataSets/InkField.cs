namespace AdversarialKit;

/// <summary>A small image that ink is drawn on: every pixel keeps the strongest stroke that touched it.</summary>
internal sealed class InkField
{
    /// <summary>Width and height in pixels.</summary>
    public const int Side = 28;

    // MNIST's edges are about this wide, in pixels: its digits were larger and black or white before they were shrunk.
    private const double EdgeWidth = 1.2;

    private readonly float[] _ink = new float[Side * Side];

    /// <summary>Draws a line with round ends; what lies outside the image is cut off.</summary>
    public void AddLine(StrokePoint from, StrokePoint to, double radius)
    {
        var reach = radius + (EdgeWidth / 2);
        var (left, right) = Range(Math.Min(from.X, to.X) - reach, Math.Max(from.X, to.X) + reach);
        var (top, bottom) = Range(Math.Min(from.Y, to.Y) - reach, Math.Max(from.Y, to.Y) + reach);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var depth = (reach - Distance(x, y, from, to)) / EdgeWidth;
                ref var pixel = ref _ink[(y * Side) + x];
                pixel = Math.Max(pixel, (float)Math.Min(depth, 1));
            }
        }
    }

    /// <summary>The image row by row, 0 (paper) to 255 (ink).</summary>
    public void CopyTo(Span<byte> pixels)
    {
        for (var i = 0; i < _ink.Length; i++)
        {
            pixels[i] = (byte)MathF.Round(255 * _ink[i]);
        }
    }

    private static (int First, int Last) Range(double low, double high) =>
        (Math.Max(0, (int)Math.Ceiling(low)), Math.Min(Side - 1, (int)Math.Floor(high)));

    private static double Distance(double x, double y, StrokePoint from, StrokePoint to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var squared = (dx * dx) + (dy * dy);
        var along = squared == 0 ? 0 : Math.Clamp((((x - from.X) * dx) + ((y - from.Y) * dy)) / squared, 0, 1);
        var (offX, offY) = (x - from.X - (along * dx), y - from.Y - (along * dy));
        return Math.Sqrt((offX * offX) + (offY * offY));
    }
}
