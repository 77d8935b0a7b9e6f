namespace AdversarialKit;

/// <summary><c>mean(softplus(x))</c>, the form in which every logistic loss here is written.</summary>
/// <remarks>
/// <c>-log sigmoid(x) = softplus(-x)</c>, but the left side is infinite where the sigmoid rounds to 0: logits beyond
/// about -104 in float32. The right side is finite for every finite logit.
/// </remarks>
internal static class SoftplusMean
{
    /// <summary>
    /// Above it softplus(x) is taken to be x. torch's own 20 is an error of 2e-9, which shows in float64; e^-40 does not.
    /// </summary>
    private const double IdentityAbove = 40;

    public static Tensor Of(Tensor x)
    {
        using var softplus = nn.functional.softplus(x, beta: 1, threshold: IdentityAbove);
        return softplus.mean();
    }

    public static Tensor OfNegated(Tensor x)
    {
        using var negated = x.neg();
        return Of(negated);
    }
}
