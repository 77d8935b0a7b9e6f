namespace AdversarialKit;

/// <summary>The means are those of the whole batch, on several ranks too.</summary>
internal sealed class FeatureMatchingTerm : IGeneratorTerm, ITeamMember
{
    private Team? _team;

    public void Join(Team team) => _team = team;

    // sum over layers of |mean f(fake) - mean f(real)|^2
    public Tensor Compute(GeneratorTermContext context)
    {
        var (fake, real) = (context.Features(context.Fakes), context.FeaturesOfReal());
        return fake.Zip(real, (f, r) => TeamMean.Of(f.mean([0]) - r.detach().mean([0]), _team).square().sum()).Aggregate((sum, layer) => sum + layer);
    }

    public override string ToString() => "feature matching";
}
