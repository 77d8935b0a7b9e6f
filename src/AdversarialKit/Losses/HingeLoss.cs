namespace AdversarialKit;

internal sealed class HingeLoss : IAdversarialLoss
{
    // max(0, 1 - r)
    public Tensor DiscriminatorReal(Tensor real)
    {
        ArgumentNullException.ThrowIfNull(real);
        using var scope = NewDisposeScope();
        return (1 - real).relu().mean().MoveToOuterDisposeScope();
    }

    // max(0, 1 + f)
    public Tensor DiscriminatorFake(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();
        return (1 + fake).relu().mean().MoveToOuterDisposeScope();
    }

    // -f, without a hinge: a generator that the hinge let go would stop learning where it fools best.
    public Tensor Generator(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();
        return fake.mean().neg().MoveToOuterDisposeScope();
    }

    public override string ToString() => "hinge";
}
