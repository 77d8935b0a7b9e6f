namespace AdversarialKit;

/// <summary>The usual latent distributions.</summary>
public static class Latent
{
    /// <summary>Independent standard normal numbers, N(0, 1).</summary>
    /// <param name="shape">The shape of one latent: <c>100</c> for a vector, <c>100, 1, 1</c> for a convolutional generator.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentException"><paramref name="shape"/> is empty or holds a number below 1.</exception>
    public static ILatent Normal(params long[] shape) => new NormalLatent(CheckShape(shape));

    /// <summary>Independent uniform numbers from <paramref name="low"/> (included) to <paramref name="high"/>.</summary>
    /// <param name="low">Lower bound. -1 is usual.</param>
    /// <param name="high">Upper bound, above <paramref name="low"/>. 1 is usual.</param>
    /// <param name="shape">The shape of one latent.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="shape"/> is empty or holds a number below 1; a bound is not finite; the bounds are out of order.
    /// </exception>
    public static ILatent Uniform(double low, double high, params long[] shape)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low >= high)
        {
            throw new ArgumentException(
                $"A uniform latent needs finite bounds with low < high, but got {Text.Number(low)} and {Text.Number(high)}.",
                nameof(low));
        }

        return new UniformLatent(low, high, CheckShape(shape));
    }

    private static long[] CheckShape(long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Length == 0 || shape.Any(size => size < 1))
        {
            throw new ArgumentException(
                $"A latent needs a shape of sizes from 1, such as Latent.Normal(100), but got {Text.Sizes(shape)}.",
                nameof(shape));
        }

        return [.. shape];
    }
}
