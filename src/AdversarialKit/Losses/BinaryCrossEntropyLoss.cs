namespace AdversarialKit;

internal sealed class BinaryCrossEntropyLoss : IAdversarialLoss
{
    private const double Epsilon = 1e-7;

    private static readonly Scalar Least = Epsilon.ToScalar();
    private static readonly Scalar Most = (1 - Epsilon).ToScalar();

    public double DecisionThreshold => 0.5;

    public Tensor DiscriminatorReal(Tensor real) => Target1(real);

    public Tensor DiscriminatorFake(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        using var clipped = Clip(fake);
        using var negated = clipped.neg();

        // log1p(-p) keeps the digits that 1 - p loses for a small p.
        using var logarithm = negated.log1p();
        using var mean = logarithm.mean();
        return mean.neg();
    }

    public Tensor Generator(Tensor fake) => Target1(fake);

    public override string ToString() => "binary cross-entropy on probabilities";

    private static Tensor Target1(Tensor probability)
    {
        ArgumentNullException.ThrowIfNull(probability);
        using var clipped = Clip(probability);
        using var logarithm = clipped.log();
        using var mean = logarithm.mean();
        return mean.neg();
    }

    private static Tensor Clip(Tensor probability) => probability.clamp(Least, Most);
}
