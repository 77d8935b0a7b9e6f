namespace AdversarialKit;

/// <summary>What of a picture goes into a batch: where the window lies, and whether it is mirrored.</summary>
internal readonly record struct ImageWindow(int Left, int Top, bool IsFlipped)
{
    private static readonly float[] _values = [.. Enumerable.Range(0, 256).Select(value => (value / 127.5f) - 1)];

    /// <summary>Draws one; the same number of draws whatever the options, so that each of them changes nothing but itself.</summary>
    public static ImageWindow Draw(ref SplitMix random, int margin, bool mayFlip)
    {
        var (left, top, flip) = (random.Below(margin + 1), random.Below(margin + 1), random.Below(2));
        return new ImageWindow(left, top, mayFlip && flip == 1);
    }

    /// <summary>Copies the window, bytes to [-1, 1], plane by plane.</summary>
    /// <param name="image">The picture, pixel by pixel.</param>
    /// <param name="sourceWidth">Its width.</param>
    /// <param name="width">The window's width.</param>
    /// <param name="target">Planes of the window, one for each channel.</param>
    /// <param name="channels">Channels of both.</param>
    public void Copy(ReadOnlySpan<byte> image, int sourceWidth, int width, Span<float> target, int channels)
    {
        var plane = target.Length / channels;
        var step = IsFlipped ? -channels : channels;
        for (var y = 0; y < plane / width; y++)
        {
            var start = (((Top + y) * sourceWidth) + Left + (IsFlipped ? width - 1 : 0)) * channels;
            for (var channel = 0; channel < channels; channel++)
            {
                var row = target.Slice((channel * plane) + (y * width), width);
                for (int x = 0, from = start + channel; x < row.Length; x++, from += step)
                {
                    row[x] = _values[image[from]];
                }
            }
        }
    }
}
