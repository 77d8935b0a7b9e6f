using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>The pixels of a sheet while it is drawn.</summary>
internal sealed class SheetCanvas
{
    private const int BytesPerPixel = 4;
    private readonly int _width;

    public SheetCanvas(int width, int height, (byte Red, byte Green, byte Blue)? background)
    {
        _width = width;
        Pixels = new byte[width * height * BytesPerPixel];
        if (background is var (red, green, blue))
        {
            Fill(Whole, [red, green, blue, byte.MaxValue]);
        }
    }

    public byte[] Pixels { get; }

    private Span<uint> Whole => MemoryMarshal.Cast<byte, uint>(Pixels.AsSpan());

    /// <summary>Places an image, each of its pixels as a square.</summary>
    public void Place(ReadOnlySpan<byte> image, int imageWidth, (int Left, int Top) corner, int enlargement)
    {
        var source = MemoryMarshal.Cast<byte, uint>(image);
        for (var y = 0; y < source.Length / imageWidth * enlargement; y++)
        {
            var row = source.Slice(y / enlargement * imageWidth, imageWidth);
            var target = Whole.Slice(((corner.Top + y) * _width) + corner.Left, imageWidth * enlargement);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] = row[x / enlargement];
            }
        }
    }

    /// <summary>Paints a square dot; what lies outside the sheet is cut off.</summary>
    public void Dot(int left, int top, int side, ReadOnlySpan<byte> colour)
    {
        for (var y = Math.Max(0, top); y < Math.Min(top + side, Whole.Length / _width); y++)
        {
            Fill(Whole.Slice((y * _width) + left, Math.Clamp(_width - left, 0, side)), colour);
        }
    }

    private static void Fill(Span<uint> pixels, ReadOnlySpan<byte> colour) => pixels.Fill(MemoryMarshal.Read<uint>(colour));
}
