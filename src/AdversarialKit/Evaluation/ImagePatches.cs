namespace AdversarialKit;

/// <summary>Square parts of images.</summary>
internal static class ImagePatches
{
    /// <summary>Below this variance a patch is flat: what varies is rounding. A single step of one byte in it has more.</summary>
    private const double Flat = 1e-10;

    /// <summary>Upper left corners of patches, Int64 [N, patches, 2] (row, column).</summary>
    public static Tensor DrawCorners(Tensor level, int patches, int side, Generator random)
    {
        var (n, height, width) = (level.shape[0], level.shape[2], level.shape[3]);
        // One image after the other, so that batches of any size draw the same.
        var rows = new List<Tensor>();
        for (var i = 0L; i < n; i++)
        {
            rows.Add(stack([randint(0, height - side + 1, [patches], ScalarType.Int64, generator: random), randint(0, width - side + 1, [patches], ScalarType.Int64, generator: random)], 1));
        }

        return stack(rows);
    }

    /// <summary>Patches in rows, [N patches, side side C], each of mean 0 and variance 1; flat ones are zeros.</summary>
    /// <param name="level">Float64 [N, C, H, W].</param>
    /// <param name="corners">See <see cref="DrawCorners"/>.</param>
    /// <param name="side">Rows and columns of a patch.</param>
    public static Tensor At(Tensor level, Tensor corners, int side)
    {
        using var scope = NewDisposeScope();
        var (n, c, height, width) = (level.shape[0], level.shape[1], level.shape[2], level.shape[3]);
        var patches = corners.shape[1];
        var image = Counted(n).reshape(n, 1, 1, 1);
        var within = Counted(side);
        var row = corners.select(2, 0).reshape(n, patches, 1, 1) + within.reshape(1, 1, side, 1);
        var column = corners.select(2, 1).reshape(n, patches, 1, 1) + within.reshape(1, 1, 1, side);
        var pixels = ((image * height) + row) * width + column;
        var rows = level.permute(0, 2, 3, 1).reshape(n * height * width, c).index_select(0, pixels.flatten().to(level.device)).reshape(n * patches, side * side * c);
        return Normalized(rows).MoveToOuterDisposeScope();
    }

    private static Tensor Counted(long end) => tensor(Enumerable.Range(0, (int)end).Select(i => (long)i).ToArray());

    private static Tensor Normalized(Tensor rows)
    {
        var centred = rows - rows.mean([1], keepdim: true);
        var variance = centred.square().mean([1], keepdim: true);
        using var flat = Flat.ToScalar();
        return where(variance > flat, centred / variance.sqrt(), zeros_like(centred));
    }
}
