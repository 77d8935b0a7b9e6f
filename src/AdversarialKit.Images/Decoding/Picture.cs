using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>
/// A decoded picture: red, green, blue and opacity of each pixel, row by row. Lies in native memory, which is free again at once: a few
/// large pictures left to the garbage collector are gigabytes.
/// </summary>
internal sealed unsafe class Picture(int width, int height, bool isOpaque) : IDisposable
{
    public const int BytesPerPixel = 4;

    private byte* _pixels = (byte*)NativeMemory.Alloc((nuint)width * (nuint)height, BytesPerPixel);

    public int Width => width;

    public int Height => height;

    /// <summary>Whether every pixel is known to have full opacity.</summary>
    public bool IsOpaque { get; set; } = isOpaque;

    public nint Address => (nint)_pixels;

    /// <summary>Valid until the picture is disposed.</summary>
    public Span<byte> Pixels => new(_pixels, checked(width * height * BytesPerPixel));

    /// <summary>The pixels as one number each.</summary>
    public Span<uint> Whole => MemoryMarshal.Cast<byte, uint>(Pixels);

    /// <summary>A copy of some columns.</summary>
    public Picture Part(int left, int columns)
    {
        var part = new Picture(columns, height, IsOpaque);
        for (var y = 0; y < height; y++)
        {
            Whole.Slice((y * width) + left, columns).CopyTo(part.Whole[(y * columns)..]);
        }

        return part;
    }

    public void Dispose()
    {
        NativeMemory.Free(_pixels);
        _pixels = null;
        GC.SuppressFinalize(this);
    }

    ~Picture() => NativeMemory.Free(_pixels);
}
