namespace AdversarialKit;

/// <summary>Brings decoded pictures to one size and one number of channels.</summary>
internal sealed record PictureFitting
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int Channels { get; init; }

    public required ImageFit Fit { get; init; }

    public required ImageFilter Filter { get; init; }

    public required (byte Red, byte Green, byte Blue) Background { get; init; }

    public static PictureFitting Of(ImageFolderOptions options) => new()
    {
        Width = options.Width + options.CropMargin,
        Height = options.Height + options.CropMargin,
        Channels = options.Channels,
        Fit = options.Fit,
        Filter = options.Filter,
        Background = options.Background,
    };

    /// <summary>Bytes that a picture takes when it is done.</summary>
    public int Bytes => Width * Height * Channels;

    /// <summary>Makes the wanted size and channels of a picture, pixel by pixel, row by row.</summary>
    /// <param name="picture">The picture; its colours may be changed on the way.</param>
    public byte[] Apply(Picture picture)
    {
        var keepsOpacity = Channels == 4 && !picture.IsOpaque;
        if (keepsOpacity)
        {
            Opacity.Multiply(picture);
        }
        else if (!picture.IsOpaque)
        {
            Opacity.LayOn(picture, Background);
        }

        using var resized = Resize(picture);
        if (keepsOpacity)
        {
            Opacity.Divide(resized);
        }

        return Place(resized);
    }

    private Picture Resize(Picture picture)
    {
        var (across, down) = ((double)Width / picture.Width, (double)Height / picture.Height);
        var (part, size) = ((0.0, 0.0, (double)picture.Width, (double)picture.Height), (Width, Height));
        if (Fit == ImageFit.Crop)
        {
            var factor = Math.Max(across, down);
            var (width, height) = (Width / factor, Height / factor);
            part = (Start(picture.Width, width), Start(picture.Height, height), Extent(picture.Width, width), Extent(picture.Height, height));
        }
        else if (Fit == ImageFit.Pad)
        {
            var factor = Math.Min(across, down);
            size = (Rounded(picture.Width * factor, Width), Rounded(picture.Height * factor, Height));
        }

        return Resampler.Resize(picture, part, size, Filter);
    }

    private byte[] Place(Picture resized)
    {
        var image = new byte[Bytes];
        if (resized.Width < Width || resized.Height < Height)
        {
            FillBackground(image);
        }

        var (left, top) = ((Width - resized.Width) / 2, (Height - resized.Height) / 2);
        for (var y = 0; y < resized.Height; y++)
        {
            var row = resized.Pixels.Slice(y * resized.Width * Picture.BytesPerPixel, resized.Width * Picture.BytesPerPixel);
            CopyRow(row, image.AsSpan((((top + y) * Width) + left) * Channels));
        }

        return image;
    }

    private void FillBackground(Span<byte> image)
    {
        if (Channels == 4)
        {
            return;
        }

        ReadOnlySpan<byte> colour = [Background.Red, Background.Green, Background.Blue, byte.MaxValue];
        for (var i = 0; i < image.Length; i += Channels)
        {
            CopyRow(colour, image[i..]);
        }
    }

    private void CopyRow(ReadOnlySpan<byte> row, Span<byte> target)
    {
        for (int from = 0, to = 0; from < row.Length; from += Picture.BytesPerPixel, to += Channels)
        {
            if (Channels == 1)
            {
                target[to] = Grey(row[from], row[from + 1], row[from + 2]);
            }
            else
            {
                row.Slice(from, Channels).CopyTo(target[to..]);
            }
        }
    }

    // ITU-R BT.601, in 2^-16: the weights add up to 1, so a grey picture keeps its values.
    private static byte Grey(byte red, byte green, byte blue) => (byte)(((19595 * red) + (38470 * green) + (7471 * blue) + 32768) >> 16);

    // Pillow keeps the part's borders in single precision; so do we, to agree with it to the bit.
    private static float Start(int length, double extent) => (float)Math.Max(0, (length - extent) / 2);

    private static float Extent(int length, double extent) => (float)Math.Min(length, ((length - extent) / 2) + extent) - Start(length, extent);

    private static int Rounded(double length, int most) => Math.Clamp((int)Math.Round(length, MidpointRounding.AwayFromZero), 1, most);
}
