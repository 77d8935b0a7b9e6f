namespace AdversarialKit;

/// <summary>What computes over a whole batch, and so needs the figures of all ranks.</summary>
internal interface ITeamMember
{
    /// <summary>From here on the batch is that of all ranks.</summary>
    /// <param name="team">The ranks; each calls the same member in the same order.</param>
    void Join(Team team);
}
