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

    // Keys, "Cubic convolution interpolation for digital image processing", 1981.
    private static double Cubic(double x) => x < 1
        ? ((((CubicA + 2) * x) - (CubicA + 3)) * x * x) + 1
        : ((((x - 5) * x) + 8) * x - 4) * CubicA;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
