namespace AdversarialKit;

/// <summary>A point on the way between two latents.</summary>
internal static class LatentWalk
{
    public static void Check(Tensor from, Tensor to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (from.dim() < 2 || from.size(0) != 1 || !from.shape.AsSpan().SequenceEqual(to.shape) || from.dtype != to.dtype)
        {
            throw new ArgumentException(
                $"A walk goes between two latents of one shape [1, ...] and one type, but these are {from.dtype} {Text.Shape(from)} and {to.dtype} {Text.Shape(to)}.",
                nameof(to));
        }
    }

    public static Tensor At(Tensor from, Tensor to, double position, LatentInterpolation way)
    {
        // In float64, so that a small step does not drown in float32's grain.
        var (a, b) = (from.flatten(1).to(ScalarType.Float64), to.flatten(1).to(ScalarType.Float64));
        using var value = position.ToScalar();
        var t = full([1, 1], value, dtype: ScalarType.Float64, device: from.device);
        var point = way switch
        {
            LatentInterpolation.Linear => a + ((b - a) * t),
            LatentInterpolation.Spherical => GreatCircle.Between(a, b, t),
            _ => throw new ArgumentOutOfRangeException(nameof(way), way, "Unknown interpolation."),
        };
        return point.reshape(from.shape).to(from.dtype);
    }
}
