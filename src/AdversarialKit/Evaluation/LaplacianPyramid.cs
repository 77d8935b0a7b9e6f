namespace AdversarialKit;

/// <summary>
/// Images as details of falling fineness: each level is what half the resolution cannot show, the last is what is left (Burt and Adelson, "The
/// Laplacian Pyramid as a Compact Image Code", 1983).
/// </summary>
internal static class LaplacianPyramid
{
    private const int Margin = 2;
    private static readonly double[] _line = [1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0];

    /// <summary>How many levels there are: as long as both sides halve evenly to <paramref name="smallestSide"/> or more.</summary>
    public static int Count(long height, long width, int smallestSide)
    {
        var levels = 1;
        while (height % 2 == 0 && width % 2 == 0 && Math.Min(height, width) / 2 >= smallestSide)
        {
            (height, width, levels) = (height / 2, width / 2, levels + 1);
        }

        return levels;
    }

    /// <summary>The levels, the finest first, in the current scope.</summary>
    /// <param name="images">Float64 [N, C, H, W]; sides of 3 or more at the last level.</param>
    /// <param name="count">How many levels.</param>
    public static IReadOnlyList<Tensor> Levels(Tensor images, int count)
    {
        var levels = new List<Tensor> { images };
        while (levels.Count < count)
        {
            var fine = levels[^1];
            var coarse = Half(fine);
            levels[^1] = fine - Double(coarse);
            levels.Add(coarse);
        }

        return levels;
    }

    private static Tensor Half(Tensor images) => Smooth(images, 1)[TensorIndex.Ellipsis, TensorIndex.Slice(null, null, 2), TensorIndex.Slice(null, null, 2)];

    // Pixels a row and a column apart with zeros between, smoothed; of each pixel's four places three are empty, hence the factor.
    private static Tensor Double(Tensor images)
    {
        var (n, c, h, w) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var spread = zeros([n, c, h, 2, w, 2], dtype: images.dtype, device: images.device);
        spread[TensorIndex.Ellipsis, TensorIndex.Single(0), TensorIndex.Colon, TensorIndex.Single(0)] = images;
        return Smooth(spread.reshape(n, c, 2 * h, 2 * w), 4);
    }

    private static Tensor Smooth(Tensor images, double gain)
    {
        var (n, c, h, w) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var padded = nn.functional.pad(images.reshape(n * c, 1, h, w), [Margin, Margin, Margin, Margin], PaddingModes.Reflect);
        var kernel = tensor(_line, ScalarType.Float64).to(images.device);
        var weights = (outer(kernel, kernel) * gain).reshape(1, 1, kernel.shape[0], kernel.shape[0]);
        return nn.functional.conv2d(padded, weights).reshape(n, c, h, w);
    }
}
