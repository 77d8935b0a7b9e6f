namespace AdversarialKit;

/// <summary>Images side by side on one picture.</summary>
/// <remarks>
/// <code>
/// using var samples = gan.Sample(64);
/// ImageSheet.Draw(samples).Save("samples.png");
/// </code>
/// </remarks>
public sealed class ImageSheet
{
    private readonly byte[] _pixels;

    internal ImageSheet(int width, int height, byte[] pixels) => (Width, Height, _pixels) = (width, height, pixels);

    /// <summary>Pixels from left to right.</summary>
    public int Width { get; }

    /// <summary>Pixels from top to bottom.</summary>
    public int Height { get; }

    /// <summary>Red, green, blue and opacity of each pixel, row by row.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Draws images, row by row.</summary>
    /// <param name="images">
    /// Images <c>[N, C, H, W]</c> of any type on any device, which remain the caller's. 1 channel is drawn grey, 3 in colour, 4 in colour
    /// with opacity; of any other number each channel is drawn grey, one beside the other. NaN is drawn halfway between darkest and brightest.
    /// </param>
    /// <param name="options">Rows, columns, padding, range, labels. Default: about square, 2 pixels apart.</param>
    /// <returns>The sheet, plain bytes.</returns>
    /// <exception cref="ArgumentException">The images have another shape, an option is wrong, or the sheet would be too large.</exception>
    public static ImageSheet Draw(Tensor images, ImageSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        options ??= new ImageSheetOptions();
        SheetLayout.Check(options);
        if (images.dim() != 4 || images.shape.Any(size => size < 1))
        {
            throw new ArgumentException(
                $"A sheet shows images of shape [N, C, H, W], but got [{string.Join(", ", images.shape)}].", nameof(images));
        }

        using var scope = NewDisposeScope();
        var tiles = SheetTiles.Of(images, options.Range);
        var layout = SheetLayout.Of((int)tiles.shape[0], (int)tiles.shape[2], (int)tiles.shape[1], options);
        var sheet = new SheetCanvas(layout.Width, layout.Height, options.Background);
        for (var row = 0; row < layout.Rows && row < options.RowLabels.Count; row++)
        {
            PixelFont.Draw(sheet, options.RowLabels[row], layout.LabelOf(row), layout.TextScale);
        }

        var tile = (int)(tiles.numel() / tiles.shape[0]);
        var pixels = tiles.bytes;
        for (var i = 0; i < layout.Count; i++)
        {
            sheet.Place(pixels.Slice(i * tile, tile), (int)tiles.shape[2], layout.PlaceOf(i), options.Enlargement);
        }

        return new ImageSheet(layout.Width, layout.Height, sheet.Pixels);
    }

    /// <summary>The sheet as the bytes of a PNG file: grey, colour, with opacity, whatever it needs.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToPng() => PngFile.Encode([this], default);

    /// <summary>Writes the sheet as a PNG file, whole or not at all: it is written beside its place and renamed.</summary>
    /// <param name="path">The file, which is replaced; its folder is made if need be.</param>
    /// <exception cref="IOException">The file could not be written; what was there before is there still.</exception>
    public void Save(string path) => ReplacedFile.Write(path, ToPng());
}
