namespace AdversarialKit;

/// <summary>Ways to bound the gradients of a step.</summary>
public static class Clip
{
    /// <summary>
    /// Shortens the gradient of a whole network where it is longer than a bound, and keeps its direction:
    /// <c>g *= min(1, maximum / (norm(g) + 1e-6))</c>, as PyTorch's <c>clip_grad_norm_</c> (Pascanu et al. 2013,
    /// algorithm 1, <see href="https://arxiv.org/abs/1211.5063"/>).
    /// </summary>
    /// <param name="maximum">The greatest L2 norm, above 0.</param>
    /// <returns>The clipping for the builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not above 0.</exception>
    public static GradientClipping Norm(double maximum)
    {
        OptimizerRange.AboveZero(maximum, "greatest norm");
        return new GradientClipping(maximum, byNorm: true);
    }

    /// <summary>Moves each element of the gradient into <c>[-limit, limit]</c>, which may turn its direction.</summary>
    /// <param name="limit">The bound, above 0.</param>
    /// <returns>The clipping for the builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not above 0.</exception>
    public static GradientClipping Value(double limit)
    {
        OptimizerRange.AboveZero(limit, "limit");
        return new GradientClipping(limit, byNorm: false);
    }
}
