namespace AdversarialKit;

internal sealed class SoftmaxLoss : IRelativisticLoss, ITeamMember
{
    private Team? _team;

    public void Join(Team team) => _team = team;

    // -mean(r) + log Z: the real samples are to share all of the probability.
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();
        return (LogPartition(Both(real, fake)) - real.mean()).MoveToOuterDisposeScope();
    }

    // -mean(r and f) + log Z: all samples are to have the same probability.
    public Tensor Generator(Tensor real, Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();
        var both = Both(real, fake);
        return (LogPartition(both) - both.mean()).MoveToOuterDisposeScope();
    }

    public override string ToString() => "softmax";

    private static Tensor Both(Tensor real, Tensor fake) => cat([real.flatten(), fake.flatten()]);

    // logsumexp, not the logarithm of a sum: e^10000 is infinite.
    private Tensor LogPartition(Tensor logits) => _team is { } team ? OverAllRanks(logits.logsumexp(0), team) : logits.logsumexp(0);

    // log sum exp(own) = most + log n + log mean exp(own - most), for the same reason.
    private static Tensor OverAllRanks(Tensor own, Team team)
    {
        var ofRanks = new double[team.Size];
        ofRanks[team.Rank] = own.ToDouble();
        var most = team.Sum(ofRanks).Max();
        return TeamMean.Of((own - most).exp(), team).log() + (most + Math.Log(team.Size));
    }
}
