namespace AdversarialKit;

internal sealed class MinimaxLoss : IAdversarialLoss
{
    // softplus(-r) = -log sigmoid(r)
    public Tensor DiscriminatorReal(Tensor real)
    {
        ArgumentNullException.ThrowIfNull(real);
        return SoftplusMean.OfNegated(real);
    }

    // softplus(f) = -log(1 - sigmoid(f))
    public Tensor DiscriminatorFake(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return SoftplusMean.Of(fake);
    }

    // -softplus(f) = log(1 - sigmoid(f))
    public Tensor Generator(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();
        return SoftplusMean.Of(fake).neg().MoveToOuterDisposeScope();
    }

    public override string ToString() => "minimax (saturating)";
}
