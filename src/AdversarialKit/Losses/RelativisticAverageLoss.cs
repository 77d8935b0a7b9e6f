namespace AdversarialKit;

internal sealed class RelativisticAverageLoss : IRelativisticLoss
{
    public Tensor Discriminator(Tensor real, Tensor fake) => Sum(Compare(likelier: real, other: fake, real, fake));

    public (Tensor Real, Tensor Fake)? DiscriminatorTerms(Tensor real, Tensor fake) => Compare(likelier: real, other: fake, real, fake);

    public Tensor Generator(Tensor real, Tensor fake) => Sum(Compare(likelier: fake, other: real, real, fake));

    public override string ToString() => "relativistic average (RaGAN)";

    // softplus(-(x - mean(y))) + softplus(y - mean(x)): x is to be above the mean y, and y below the mean x.
    private static (Tensor Likelier, Tensor Other) Compare(Tensor likelier, Tensor other, Tensor real, Tensor fake)
    {
        LogitShapes.RequireEqual(real, fake);
        using var scope = NewDisposeScope();
        var above = SoftplusMean.Of(other.mean() - likelier);
        var below = SoftplusMean.Of(other - likelier.mean());
        return (above.MoveToOuterDisposeScope(), below.MoveToOuterDisposeScope());
    }

    private static Tensor Sum((Tensor Likelier, Tensor Other) terms)
    {
        using var likelier = terms.Likelier;
        using var other = terms.Other;
        return likelier + other;
    }
}
