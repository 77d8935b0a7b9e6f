namespace AdversarialKit;

internal sealed class RelativisticPairedLoss : IRelativisticLoss
{
    // softplus(-(r - f))
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        LogitShapes.RequireEqual(real, fake);
        using var scope = NewDisposeScope();
        return SoftplusMean.Of(fake - real).MoveToOuterDisposeScope();
    }

    // softplus(-(f - r))
    public Tensor Generator(Tensor real, Tensor fake)
    {
        LogitShapes.RequireEqual(real, fake);
        using var scope = NewDisposeScope();
        return SoftplusMean.Of(real - fake).MoveToOuterDisposeScope();
    }

    public override string ToString() => "relativistic paired (RpGAN)";
}
