namespace AdversarialKit;

/// <summary>The way from one vector to another on which length and direction turn evenly (Shoemake 1985, "Animating rotation with quaternion curves").</summary>
internal static class GreatCircle
{
    private static readonly Scalar SmallestSine = 1e-7.ToScalar();

    /// <summary>sin((1 - t) w) / sin w a + sin(t w) / sin w b, with w the angle between a and b.</summary>
    /// <param name="a">Vectors <c>[N, Z]</c>.</param>
    /// <param name="b">As many.</param>
    /// <param name="t">How far, <c>[N, 1]</c>.</param>
    public static Tensor Between(Tensor a, Tensor b, Tensor t)
    {
        var lengths = a.norm(1, keepdim: true) * b.norm(1, keepdim: true);
        var angle = ((a * b).sum(1, keepdim: true) / lengths).clamp(Constant.MinusOne, Constant.One).acos();
        var sine = angle.sin();
        var curved = (((1 - t) * angle).sin() / sine * a) + ((t * angle).sin() / sine * b);
        // Latents that point the same way leave no plane to turn in; the straight line is the limit.
        return where(sine > SmallestSine, curved, a + ((b - a) * t));
    }
}
