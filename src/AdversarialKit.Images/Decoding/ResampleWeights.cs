namespace AdversarialKit;

/// <summary>For each pixel of a resized line, which pixels of the line it is made of and how much of each.</summary>
/// <remarks>
/// The filter is stretched by the factor by which the line shrinks, so that every pixel counts. Weights are whole numbers of 2^-22, as
/// Pillow takes them (its Resample.c, 9.4), so that results agree with Pillow's to the bit.
/// </remarks>
internal sealed class ResampleWeights
{
    public const int FractionBits = 22;

    private readonly (int First, int Start, int Count)[] _pixels;
    private readonly int[] _weights;

    private ResampleWeights((int First, int Start, int Count)[] pixels, int[] weights)
    {
        _pixels = pixels;
        _weights = weights;
    }

    public int Length => _pixels.Length;

    /// <summary>The first pixel that any is made of, and the one after the last.</summary>
    public (int First, int End) Range => (_pixels[0].First, _pixels[^1].First + _pixels[^1].Count);

    /// <summary>The first pixel of the line that a pixel is made of.</summary>
    public int First(int pixel) => _pixels[pixel].First;

    /// <summary>The weights of that pixel and those that follow it.</summary>
    public ReadOnlySpan<int> Of(int pixel) => _weights.AsSpan(_pixels[pixel].Start, _pixels[pixel].Count);

    /// <summary>The weights that make <paramref name="target"/> pixels of a part of a line.</summary>
    /// <param name="length">Pixels of the line.</param>
    /// <param name="start">Where the part begins, in pixels.</param>
    /// <param name="extent">How long the part is, in pixels.</param>
    /// <param name="target">Pixels to make of it.</param>
    /// <param name="filter">The filter.</param>
    public static ResampleWeights Compute(int length, double start, double extent, int target, ImageFilter filter)
    {
        var scale = extent / target;
        var stretch = Math.Max(scale, 1);
        var pixels = new (int First, int Start, int Count)[target];
        var weights = new List<int>();
        var shares = new double[ResampleKernel.MostShares(filter, stretch)];
        for (var i = 0; i < target; i++)
        {
            var (first, count) = ResampleKernel.Shares(filter, length, start + ((i + 0.5) * scale), stretch, shares);
            pixels[i] = (first, weights.Count, count);
            for (var j = 0; j < count; j++)
            {
                weights.Add((int)Math.Round(shares[j] * (1 << FractionBits), MidpointRounding.AwayFromZero));
            }
        }

        return new ResampleWeights(pixels, [.. weights]);
    }
}
