namespace AdversarialKit;

/// <summary>Translation and cutout of DiffAugment (Zhao et al. 2020, appendix A).</summary>
internal static class SpatialChange
{
    /// <summary>y[r, c] = x[r + t, c + s], zero where that is outside; t and s drawn for each image.</summary>
    public static Tensor Translation(Tensor images, long rowsMost, long columnsMost, ImageDraws draws)
    {
        var hits = draws.Hits();
        var (rows, rowsInside) = Shifted(images, 2, draws.Integers(hits, -rowsMost, rowsMost, neutral: 0));
        var (columns, columnsInside) = Shifted(images, 3, draws.Integers(hits, -columnsMost, columnsMost, neutral: 0));

        // One gather over flat positions, and a mask for what comes from outside: no padded copy.
        var (count, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var positions = (rows.unsqueeze(2) * width + columns.unsqueeze(1)).reshape(count, 1, height * width);
        var gathered = images.reshape(count, channels, height * width)
            .gather(2, positions.expand(count, channels, height * width))
            .reshape(count, channels, height, width);
        return gathered * Mask(images, rowsInside, columnsInside);
    }

    /// <summary>Zero on a rectangle whose centre is anywhere in the image, so that it may reach over the border.</summary>
    public static Tensor Cutout(Tensor images, long rows, long columns, ImageDraws draws)
    {
        var hits = draws.Hits();
        var rowsKept = Outside(images, 2, rows, hits, draws);
        var columnsKept = Outside(images, 3, columns, hits, draws);
        return images * rowsKept.unsqueeze(2).logical_or(columnsKept.unsqueeze(1)).unsqueeze(1).to(images.dtype);
    }

    private static (Tensor Positions, Tensor Inside) Shifted(Tensor images, int dimension, Tensor shift)
    {
        var size = images.shape[dimension];
        using var end = size.ToScalar();
        using var last = (size - 1).ToScalar();
        var source = arange(end, dtype: ScalarType.Int64, device: images.device).unsqueeze(0) + shift;
        return (source.clamp(Constant.Zero, last), source.ge(Constant.Zero).logical_and(source.lt(end)));
    }

    /// <summary>True where a row or column [N, size] is not in the cut interval.</summary>
    private static Tensor Outside(Tensor images, int dimension, long cut, Tensor? hits, ImageDraws draws)
    {
        var size = images.shape[dimension];

        // An even cut has its centre between two pixels, hence one place more; the neutral one is beyond the image.
        var centre = draws.Integers(hits, 0, size - (cut % 2), neutral: size + cut);
        var start = centre - (cut / 2);
        using var end = size.ToScalar();
        var position = arange(end, dtype: ScalarType.Int64, device: images.device).unsqueeze(0);
        return position.lt(start).logical_or(position.ge(start + cut));
    }

    private static Tensor Mask(Tensor images, Tensor rows, Tensor columns) =>
        rows.unsqueeze(2).logical_and(columns.unsqueeze(1)).unsqueeze(1).to(images.dtype);
}
