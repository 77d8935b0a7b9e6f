namespace AdversarialKit;

/// <summary>What becomes of pixels that one can see through.</summary>
internal static class Opacity
{
    /// <summary>Lays the picture on a colour.</summary>
    public static void LayOn(Picture picture, (byte Red, byte Green, byte Blue) background)
    {
        var pixels = picture.Pixels;
        for (var i = 0; i < pixels.Length; i += Picture.BytesPerPixel)
        {
            var opacity = pixels[i + 3];
            pixels[i] = Mix(pixels[i], background.Red, opacity);
            pixels[i + 1] = Mix(pixels[i + 1], background.Green, opacity);
            pixels[i + 2] = Mix(pixels[i + 2], background.Blue, opacity);
            pixels[i + 3] = byte.MaxValue;
        }

        picture.IsOpaque = true;
    }

    /// <summary>Weighs colours by opacity, so that resizing mixes in nothing of the colours that invisible pixels happen to have.</summary>
    public static void Multiply(Picture picture)
    {
        var pixels = picture.Pixels;
        for (var i = 0; i < pixels.Length; i += Picture.BytesPerPixel)
        {
            var opacity = pixels[i + 3];
            pixels[i] = Mix(pixels[i], 0, opacity);
            pixels[i + 1] = Mix(pixels[i + 1], 0, opacity);
            pixels[i + 2] = Mix(pixels[i + 2], 0, opacity);
        }
    }

    /// <summary>Takes back what <see cref="Multiply"/> did.</summary>
    public static void Divide(Picture picture)
    {
        var pixels = picture.Pixels;
        for (var i = 0; i < pixels.Length; i += Picture.BytesPerPixel)
        {
            var opacity = pixels[i + 3];
            for (var channel = i; opacity is > 0 and < byte.MaxValue && channel < i + 3; channel++)
            {
                pixels[channel] = (byte)Math.Min(byte.MaxValue, ((pixels[channel] * byte.MaxValue) + (opacity / 2)) / opacity);
            }
        }
    }

    private static byte Mix(byte above, byte below, byte opacity) =>
        (byte)(((above * opacity) + (below * (byte.MaxValue - opacity)) + 127) / byte.MaxValue);
}
