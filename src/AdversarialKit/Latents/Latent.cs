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

    /// <summary>Walks from one latent to another.</summary>
    /// <param name="from">Where the way begins: one latent <c>[1, ...]</c>. Remains the caller's.</param>
    /// <param name="to">Where it ends, of the same shape. Remains the caller's.</param>
    /// <param name="steps">How many latents, both ends included, at least 2.</param>
    /// <param name="way">Which way. Default: along the great circle, which suits normal latents.</param>
    /// <returns>Latents <c>[steps, ...]</c> at even distances that the caller disposes; the first and the last are those given, to the bit.</returns>
    /// <exception cref="ArgumentException">The shapes or types differ, or are not of one latent.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 2, or <paramref name="way"/> unknown.</exception>
    public static Tensor Interpolate(Tensor from, Tensor to, int steps, LatentInterpolation way = LatentInterpolation.Spherical)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        using var scope = NewDisposeScope();
        LatentWalk.Check(from, to);
        var inner = Enumerable.Range(1, steps - 2).Select(i => LatentWalk.At(from, to, (double)i / (steps - 1), way));
        return cat([from, .. inner, to]).detach().MoveToOuterDisposeScope();
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
