namespace AdversarialKit;

internal sealed class BoundarySeekingLoss : IAdversarialLoss
{
    // softplus(-r) = -log D(x)
    public Tensor DiscriminatorReal(Tensor real)
    {
        ArgumentNullException.ThrowIfNull(real);
        return SoftplusMean.OfNegated(real);
    }

    // softplus(f) = -log(1 - D(G(z)))
    public Tensor DiscriminatorFake(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return SoftplusMean.Of(fake);
    }

    // f^2 / 2, because log D - log(1 - D) is the logit.
    public Tensor Generator(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();
        return (fake.square().mean() * 0.5).MoveToOuterDisposeScope();
    }

    public override string ToString() => "boundary-seeking";
}
