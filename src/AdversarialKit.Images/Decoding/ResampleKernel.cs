namespace AdversarialKit;

/// <summary>The filters' formulas.</summary>
internal static class ResampleKernel
{
    private const double CubicA = -0.5;

    /// <summary>Beyond this distance from its centre a filter is zero.</summary>
    public static double Reach(ImageFilter filter) => filter switch
    {
        ImageFilter.Bilinear => 1,
        ImageFilter.Bicubic => 2,
        _ => 3,
    };

    public static double At(ImageFilter filter, double x)
    {
        x = Math.Abs(x);
        return x >= Reach(filter) ? 0 : filter switch
        {
            ImageFilter.Bilinear => 1 - x,
            ImageFilter.Bicubic => Cubic(x),
            _ => Sinc(x) * Sinc(x / 3),
        };
    }

    /// <summary>The shares that the pixels of a line have in a new one; they add up to 1.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="length">Pixels of the line.</param>
    /// <param name="centre">Where the new pixel's middle lies, in pixels of the line.</param>
    /// <param name="stretch">How many times wider than by definition the filter is.</param>
    /// <param name="shares">Takes the shares; <see cref="MostShares"/> numbers.</param>
    /// <returns>The first pixel that has a share, and how many do.</returns>
    public static (int First, int Count) Shares(ImageFilter filter, int length, double centre, double stretch, Span<double> shares)
    {
        var reach = Reach(filter) * stretch;
        var first = Math.Max(0, (int)(centre - reach + 0.5));
        var count = Math.Min(length, (int)(centre + reach + 0.5)) - first;
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            shares[i] = At(filter, (i + first - centre + 0.5) / stretch);
            sum += shares[i];
        }

        for (var i = 0; i < count; i++)
        {
            shares[i] /= sum;
        }

        return (first, count);
    }

    /// <summary>No new pixel is made of more.</summary>
    public static int MostShares(ImageFilter filter, double stretch) => ((int)Math.Ceiling(Reach(filter) * stretch) * 2) + 1;

    // Keys, "Cubic convolution interpolation for digital image processing", 1981.
    private static double Cubic(double x) => x < 1
        ? ((((CubicA + 2) * x) - (CubicA + 3)) * x * x) + 1
        : ((((x - 5) * x) + 8) * x - 4) * CubicA;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
