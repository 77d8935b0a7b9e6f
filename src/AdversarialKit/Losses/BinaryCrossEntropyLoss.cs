namespace AdversarialKit;

internal sealed class BinaryCrossEntropyLoss : IAdversarialLoss
{
    private const double Epsilon = 1e-7;

    public double DecisionThreshold => 0.5;

    public Tensor DiscriminatorReal(Tensor real) => Target1(real);

    public Tensor DiscriminatorFake(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();

        // log1p(-p) keeps the digits that 1 - p loses for a small p.
        return Clip(fake).neg().log1p().mean().neg().MoveToOuterDisposeScope();
    }

    public Tensor Generator(Tensor fake) => Target1(fake);

    public override string ToString() => "binary cross-entropy on probabilities";

    private static Tensor Target1(Tensor probability)
    {
        ArgumentNullException.ThrowIfNull(probability);
        using var scope = NewDisposeScope();
        return Clip(probability).log().mean().neg().MoveToOuterDisposeScope();
    }

    private static Tensor Clip(Tensor probability) => probability.clamp(Epsilon, 1 - Epsilon);
}
