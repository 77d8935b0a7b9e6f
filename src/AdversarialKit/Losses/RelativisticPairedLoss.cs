namespace AdversarialKit;

internal sealed class RelativisticPairedLoss : IRelativisticLoss
{
    // softplus(-(r - f))
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        LogitShapes.RequireEqual(real, fake);
        using var difference = fake - real;
        return SoftplusMean.Of(difference);
    }

    // softplus(-(f - r))
    public Tensor Generator(Tensor real, Tensor fake)
    {
        LogitShapes.RequireEqual(real, fake);
        using var difference = real - fake;
        return SoftplusMean.Of(difference);
    }

    public override string ToString() => "relativistic paired (RpGAN)";
}
