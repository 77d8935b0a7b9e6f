using SkiaSharp;

namespace AdversarialKit;

/// <summary>Decodes PNG, JPEG, WebP, GIF and BMP files, whatever their endings say, turned the way their cameras were held.</summary>
/// <param name="mostPixels">Pictures of more are refused before memory is taken for them.</param>
internal sealed class PictureDecoder(int mostPixels)
{
    /// <summary>How much larger than wanted a reduced JPEG must still be, so that the filter has the last word on what one sees.</summary>
    private const int SpareReduction = 2;

    /// <summary>Decodes the first frame.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">What size it will be resized to: a far larger JPEG is reduced while it is decoded, which is several times as fast.</param>
    /// <param name="fit">How it will be resized.</param>
    /// <exception cref="ImageFileException">It is no picture, damaged, too large, or gone.</exception>
    public Picture Decode(string path, (int Width, int Height) wanted, ImageFit fit)
    {
        using var file = FileBytes.Read(path, (long)mostPixels * Picture.BytesPerPixel);
        using var data = SKData.Create(file.Address, file.Length);
        using var codec = SKCodec.Create(data)
            ?? throw new ImageFileException(path, "is no PNG, JPEG, WebP, GIF or BMP picture, or its beginning is damaged or cut off");
        var origin = PngOrientation.Find(file.Span) ?? codec.EncodedOrigin;
        var picture = Decode(path, codec, SizeToDecode(path, codec, Orientation.Swaps(origin) ? (wanted.Height, wanted.Width) : wanted, fit));
        return Orientation.Apply(picture, origin);
    }

    private SKSizeI SizeToDecode(string path, SKCodec codec, (int Width, int Height) wanted, ImageFit fit)
    {
        var full = codec.Info.Size;
        if (full.Width < 1 || full.Height < 1 || (long)full.Width * full.Height > mostPixels)
        {
            throw new ImageFileException(
                path,
                $"claims {full.Width} x {full.Height} pixels, and {nameof(ImageFolderOptions.MaxPixels)} allows 1 to {mostPixels} in all");
        }

        if (codec.EncodedFormat != SKEncodedImageFormat.Jpeg)
        {
            return full;
        }

        foreach (var scale in (ReadOnlySpan<float>)[0.125f, 0.25f, 0.5f])
        {
            var reduced = codec.GetScaledDimensions(scale);
            if (IsLargeEnough(reduced, wanted, fit))
            {
                return reduced;
            }
        }

        return full;
    }

    private static bool IsLargeEnough(SKSizeI size, (int Width, int Height) wanted, ImageFit fit)
    {
        var (across, down) = ((double)size.Width / wanted.Width, (double)size.Height / wanted.Height);
        var factor = fit == ImageFit.Pad ? Math.Max(across, down) : Math.Min(across, down);
        return factor >= SpareReduction;
    }

    private static Picture Decode(string path, SKCodec codec, SKSizeI size)
    {
        // Neither side asks for another colour space: numbers come as the file has them, as other readers of data sets give them.
        var isOpaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        var picture = new Picture(size.Width, size.Height, isOpaque);
        var result = codec.GetPixels(info, picture.Address);
        if (result == SKCodecResult.Success)
        {
            return picture;
        }

        picture.Dispose();
        throw new ImageFileException(path, result switch
        {
            SKCodecResult.IncompleteInput => "is cut off",
            SKCodecResult.Unimplemented or SKCodecResult.InvalidConversion => "is of a kind that cannot be decoded",
            _ => "is damaged",
        });
    }
}
