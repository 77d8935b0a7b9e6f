namespace AdversarialKit;

/// <summary>The mean over the ranks, through which gradients flow, twice where they are asked for.</summary>
/// <remarks>
/// Each rank differentiates its loss times its part of the batch, and the gradients are summed afterwards. What a rank's part of a mean does to all
/// losses is then the mean of what it does to each: the operation is its own backward. Only for batches of one size on all ranks.
/// </remarks>
internal sealed class TeamMean : autograd.SingleTensorFunction<TeamMean>
{
    private const string TeamName = "team";

    public override string Name => nameof(TeamMean);

    /// <param name="own">This rank's mean.</param>
    /// <param name="team">The ranks; null in one process, whose mean it is already.</param>
    public static Tensor Of(Tensor own, Team? team) => team is null ? own : apply(own, team);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (own, team) = ((Tensor)vars[0], (Team)vars[1]);
        ctx.save_data(TeamName, team);
        using var noGraph = no_grad();
        var mean = own.detach().contiguous().clone();
        team.Sum(mean);
        using var ranks = ((double)team.Size).ToScalar();
        return mean.div_(ranks);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [Of(grad_output, (Team)ctx.get_data(TeamName)), null!];
}
