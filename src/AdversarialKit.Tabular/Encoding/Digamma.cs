namespace AdversarialKit;

/// <summary>The derivative of the logarithm of the gamma function, for positive arguments.</summary>
internal static class Digamma
{
    private const double LargeEnough = 10;

    public static double Of(double x)
    {
        var shift = 0.0;
        for (; x < LargeEnough; x++)
        {
            shift -= 1 / x;
        }

        // Asymptotic series (Abramowitz and Stegun 6.3.18): ln x - 1/(2x) - sum of B_2n / (2n x^2n).
        var square = 1 / (x * x);
        var series = square * ((1.0 / 12) - (square * ((1.0 / 120) - (square * ((1.0 / 252) - (square * ((1.0 / 240) - (square / 132))))))));
        return shift + Math.Log(x) - (0.5 / x) - series;
    }
}
