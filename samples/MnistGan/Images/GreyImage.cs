using StbImageWriteSharp;

namespace MnistGan;

/// <summary>A grey picture: <paramref name="Pixels"/> row by row, 0 (black) to 255 (white).</summary>
internal sealed record GreyImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>The grey that separates pictures: neither paper nor ink.</summary>
    public const byte Gap = 64;

    /// <summary>Puts pictures side by side, top edges level, <paramref name="gap"/> pixels apart.</summary>
    public static GreyImage Beside(IReadOnlyList<GreyImage> pictures, int gap)
    {
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Count, nameof(pictures));
        var width = pictures.Sum(picture => picture.Width) + (gap * (pictures.Count - 1));
        var strip = Blank(width, pictures.Max(picture => picture.Height));
        var left = 0;
        foreach (var picture in pictures)
        {
            for (var y = 0; y < picture.Height; y++)
            {
                picture.Pixels.AsSpan(y * picture.Width, picture.Width).CopyTo(strip.Pixels.AsSpan((y * width) + left));
            }

            left += picture.Width + gap;
        }

        return strip;
    }

    /// <summary>A picture of gap grey.</summary>
    public static GreyImage Blank(int width, int height)
    {
        var pixels = new byte[width * height];
        Array.Fill(pixels, Gap);
        return new GreyImage(width, height, pixels);
    }

    /// <summary>Writes a PNG, under a temporary name first.</summary>
    public void SavePng(string path)
    {
        using var file = new ReplacingFile(path);
        new ImageWriter().WritePng(Pixels, Width, Height, ColorComponents.Grey, file.Stream);
        file.Complete();
    }
}
