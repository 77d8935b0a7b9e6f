namespace AdversarialKit;

/// <content>One rank of several.</content>
public sealed partial class AdversarialSystem
{
    private bool _comparesOverBatches;

    /// <summary>The ranks that train together; null in one process.</summary>
    internal Team? Team { get; }

    /// <summary>Takes its place among the ranks: all have been built alike, and go on from rank 0's weights.</summary>
    /// <exception cref="CollectiveException">They have not.</exception>
    internal void JoinTeam()
    {
        if (Team is not { } team)
        {
            return;
        }

        var members = new TeamMembers(_parts);
        team.Compare(members.Describe(), TeamDifferences.Find);
        _comparesOverBatches = members.Join(team);
        foreach (var step in _parts.Steps)
        {
            step.Exchange = new GradientExchange(team, [.. step.TrainableParameters]);
        }

        _state.TakeFromFirst(team);
        members.SeedSharedRandom(team);

        // A launcher that ends a job because a process was killed may say its process number alone.
        var processes = team.Gather($"rank {team.Rank} is process {Environment.ProcessId} on {Environment.MachineName}");
        if (team.IsFirst)
        {
            GanLog.TrainsTogether(_logger, team.Size, string.Join(", ", processes));
        }
    }

    private void LeaveTeam()
    {
        foreach (var step in _parts.Steps)
        {
            step.Exchange?.Dispose();
        }
    }

    /// <summary>Checks an iteration's batches; what one rank cannot take, none takes.</summary>
    private (NamedBatch[] Named, TeamShare[] Shares) Take(ReadOnlySpan<Batch> batches)
    {
        if (Team is null)
        {
            var own = CheckAll(batches);
            return (own, Array.ConvertAll(own, batch => TeamShare.All(batch.Count)));
        }

        NamedBatch[] named = [];
        Exception? fault = null;
        try
        {
            named = CheckAll(batches);
        }
#pragma warning disable CA1031 // It is thrown again as soon as the others know of it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            fault = error;
        }

        var counts = fault is null ? Array.ConvertAll(named, batch => batch.Count) : new long[batches.Length];
        return (named, new TeamBatches(Team).Share(counts, fault, mustBeEqual: _comparesOverBatches));
    }

    private NamedBatch[] CheckAll(ReadOnlySpan<Batch> batches)
    {
        var named = new NamedBatch[batches.Length];
        for (var i = 0; i < named.Length; i++)
        {
            named[i] = _parts.Check(batches[i]);
        }

        return named;
    }

    private StepMeasures Make(CompiledStep step, NamedBatch batch, StepRun run, Action<StepContext>? instead = null)
    {
        Team?.IsInStep = true;
        try
        {
            return step.Run(batch, run, instead);
        }
        finally
        {
            Team?.IsInStep = false;
        }
    }

    /// <summary>The means of what each rank measured on its part of a batch.</summary>
    private double[] OverAllRanks(double[] numbers, TeamShare share) =>
        Team is null ? numbers : Team.Sum(Array.ConvertAll(numbers, number => number * share.Part));

    private double[] OverAllRanks(double[] numbers, List<(CompiledStep Step, StepMeasures Measures, TeamShare Share)> measured)
    {
        if (Team is null)
        {
            return numbers;
        }

        var next = 0;
        foreach (var (_, measures, share) in measured)
        {
            for (var i = 0; i < measures.Names.Count; i++)
            {
                numbers[next++] *= share.Part;
            }
        }

        return Team.Sum(numbers);
    }
}
