namespace AdversarialKit;

/// <summary>A ratio of two means of the whole batch, on several ranks too.</summary>
internal sealed class ModeSeekingTerm : IGeneratorTerm, ITeamMember
{
    private Team? _team;

    public void Join(Team team) => _team = team;

    // 1 / (mean |G(z1) - G(z2)| / mean |z1 - z2| + 1e-5)
    public Tensor Compute(GeneratorTermContext context)
    {
        var others = context.DrawLatents(context.Latents.shape[0]);
        var samples = TeamMean.Of((context.Generate(others) - context.Fakes).abs().mean(), _team);
        var latents = TeamMean.Of((others - context.Latents).abs().mean(), _team);
        return ((samples / latents) + 1e-5).reciprocal();
    }

    public override string ToString() => "mode seeking";
}
