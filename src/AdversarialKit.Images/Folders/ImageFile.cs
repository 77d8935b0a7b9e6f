namespace AdversarialKit;

/// <summary>A picture of a file as a batch of one, read as <see cref="ImageBatches.FromImageFolder(string, int, ImageFolderOptions?)"/> reads those of a folder.</summary>
public static class ImageFile
{
    /// <summary>Reads a picture: PNG, JPEG, WebP, GIF (its first frame) or BMP, decided by its content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">
    /// Size, channels and how a picture is fitted into them; what concerns many pictures (order, labels, flips, windows, cache, threads) has no say.
    /// Default: 64 x 64 in colour.
    /// </param>
    /// <returns>Float32 <c>[1, C, H, W]</c> in [-1, 1], on the CPU; the caller disposes it.</returns>
    /// <exception cref="ImageFileException">The file is missing, no picture, broken, or larger than <see cref="ImageFolderOptions.MaxPixels"/>.</exception>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public static Tensor Read(string path, ImageFolderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var wanted = (options ?? new ImageFolderOptions()) with { CropMargin = 0 };
        ImageChecks.Check(1, wanted);
        var fitting = PictureFitting.Of(wanted);
        using var picture = new PictureDecoder(wanted.MaxPixels).Decode(path, (fitting.Width, fitting.Height), fitting.Fit);
        var numbers = new float[wanted.Channels * wanted.Height * wanted.Width];
        new ImageWindow(0, 0, false).Copy(fitting.Apply(picture), wanted.Width, wanted.Width, numbers, wanted.Channels);
        return Tensors.Of(numbers, 1, wanted);
    }
}
