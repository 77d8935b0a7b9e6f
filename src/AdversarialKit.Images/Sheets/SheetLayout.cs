namespace AdversarialKit;

/// <summary>Where things lie on a sheet, in pixels.</summary>
internal sealed record SheetLayout
{
    /// <summary>Decoders and arrays alike end here.</summary>
    private const long MostPixels = 1 << 28;

    public required (int Width, int Height) Tile { get; init; }

    public required int Padding { get; init; }

    public required int Margin { get; init; }

    public required int LabelWidth { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    /// <summary>Images that are shown.</summary>
    public required int Count { get; init; }

    /// <summary>How many pixels a dot of the font takes.</summary>
    public required int TextScale { get; init; }

    public int Width => (2 * Margin) + LabelWidth + (Columns * (Tile.Width + Padding)) - Padding;

    public int Height => (2 * Margin) + (Rows * (Tile.Height + Padding)) - Padding;

    public static void Check(ImageSheetOptions options)
    {
        Require(options.Columns ?? 1, 1, nameof(options.Columns), options);
        Require(options.Rows ?? 1, 1, nameof(options.Rows), options);
        Require(options.Padding, 0, nameof(options.Padding), options);
        Require(options.Margin, 0, nameof(options.Margin), options);
        Require(options.Enlargement, 1, nameof(options.Enlargement), options);
        if (options.Range is { } range && !(range.Darkest < range.Brightest && double.IsFinite(range.Brightest - range.Darkest)))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{nameof(options.Range)} is [{range.Darkest}, {range.Brightest}]; its first number must be below its second, and both finite."),
                nameof(options));
        }
    }

    public static SheetLayout Of(int count, int width, int height, ImageSheetOptions options)
    {
        var columns = options.Columns ?? (options.Rows is { } wanted ? Divide(count, wanted) : (int)Math.Ceiling(Math.Sqrt(count)));
        var rows = options.Rows ?? Divide(count, columns);
        var tile = ((long)width * options.Enlargement, (long)height * options.Enlargement);
        var scale = (int)Math.Clamp(tile.Item2 / (2 * PixelFont.GlyphHeight), 1, 3);
        var label = options.RowLabels.Take(rows).Select(text => PixelFont.Measure(text, scale)).DefaultIfEmpty(0).Max();
        if (((2L * options.Margin) + (columns * (tile.Item1 + options.Padding))) * ((2L * options.Margin) + (rows * (tile.Item2 + options.Padding))) > MostPixels)
        {
            throw new ArgumentException(
                $"A sheet of {rows} x {columns} images of {tile.Item2} x {tile.Item1} pixels has more than {MostPixels} pixels. Show fewer, or enlarge them less.",
                nameof(options));
        }

        return new SheetLayout
        {
            Tile = ((int)tile.Item1, (int)tile.Item2),
            Padding = options.Padding,
            Margin = options.Margin,
            LabelWidth = label == 0 ? 0 : label + Math.Max(options.Padding, PixelFont.GlyphWidth),
            Rows = rows,
            Columns = columns,
            Count = Math.Min(count, (int)Math.Min((long)rows * columns, int.MaxValue)),
            TextScale = scale,
        };
    }

    /// <summary>The top left corner of an image.</summary>
    public (int Left, int Top) PlaceOf(int image) =>
        (Margin + LabelWidth + (image % Columns * (Tile.Width + Padding)), Margin + (image / Columns * (Tile.Height + Padding)));

    /// <summary>The top left corner of a row's label, halfway down the row.</summary>
    public (int Left, int Top) LabelOf(int row) =>
        (Margin, Margin + (row * (Tile.Height + Padding)) + Math.Max(0, (Tile.Height - (PixelFont.GlyphHeight * TextScale)) / 2));

    private static int Divide(int count, int by) => (int)(((long)count + by - 1) / by);

    private static void Require(int value, int least, string name, ImageSheetOptions options)
    {
        if (value < least)
        {
            throw new ArgumentException($"{name} is {value}; it must be at least {least}.", nameof(options));
        }
    }
}
