namespace AdversarialKit;

internal sealed class RelativisticAverageLoss : IRelativisticLoss, ITeamMember
{
    private Team? _team;

    public void Join(Team team) => _team = team;

    public Tensor Discriminator(Tensor real, Tensor fake) => Sum(Compare(likelier: real, other: fake, real, fake));

    public (Tensor Real, Tensor Fake)? DiscriminatorTerms(Tensor real, Tensor fake) => Compare(likelier: real, other: fake, real, fake);

    public Tensor Generator(Tensor real, Tensor fake) => Sum(Compare(likelier: fake, other: real, real, fake));

    public override string ToString() => "relativistic average (RaGAN)";

    // softplus(-(x - mean(y))) + softplus(y - mean(x)): x is to be above the mean y, and y below the mean x.
    private (Tensor Likelier, Tensor Other) Compare(Tensor likelier, Tensor other, Tensor real, Tensor fake)
    {
        LogitShapes.RequireEqual(real, fake);
        using var scope = NewDisposeScope();
        var above = SoftplusMean.Of(TeamMean.Of(other.mean(), _team) - likelier);
        var below = SoftplusMean.Of(other - TeamMean.Of(likelier.mean(), _team));
        return (above.MoveToOuterDisposeScope(), below.MoveToOuterDisposeScope());
    }

    private static Tensor Sum((Tensor Likelier, Tensor Other) terms)
    {
        using var likelier = terms.Likelier;
        using var other = terms.Other;
        return likelier + other;
    }
}
