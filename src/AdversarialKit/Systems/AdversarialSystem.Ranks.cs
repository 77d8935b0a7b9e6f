using System.Globalization;

namespace AdversarialKit;

/// <content>Checkpoints of several ranks: rank 0 writes and reads them.</content>
public sealed partial class AdversarialSystem
{
    private static string WriteTogether(Team team, string root, Func<string> write)
    {
        try
        {
            return team.Take(team.Together("write the checkpoint", () => team.IsFirst ? write() : ""));
        }
        catch (CollectiveException error)
        {
            // Where it could not be written, rank 0 has this exception too, and may have been told to go on without.
            throw team.Agree(new CheckpointException(root, error.Message, error));
        }
    }

    private CheckpointInfo RestoreTogether(Team team, Func<(Checkpoint Checkpoint, CheckpointInfo Info)> restore, IStateful? batches)
    {
        var (checkpoint, info) = team.Together("load the checkpoint", () => team.IsFirst ? restore() : default);
        _state.TakeFromFirst(team);
        var counters = team.IsFirst ? SystemCounters.Of(this).ToNumbers() : new double[SystemCounters.Of(this).ToNumbers().Length];
        counters = team.Sum(counters);
        SystemCounters.OfNumbers(this, counters).ApplyTo(this);
        info = TakeInfo(team, info);
        Checkpoint = info.Path;
        _parts.Seed = long.Parse(team.Take(Seed.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var ofRanks = checkpoint is not null && SystemState.RanksOf(checkpoint) == team.Size ? SystemState.StoredOfOtherRanks(checkpoint) : null;
        if (team.Any(ofRanks is not null))
        {
            _state.Distribute(team, ofRanks, batches);
        }
        else
        {
            BeginStreams(team);
        }

        return info;
    }

    /// <summary>At another number of ranks, each but the first draws on from where nobody has drawn.</summary>
    private void BeginStreams(Team team)
    {
        if (team.IsFirst)
        {
            return;
        }

        var streams = RankSeed.Of(unchecked((ulong)(Seed + Iteration)), team.Rank);
        Begin(_parts.Random, streams);
        Begin(_parts.SamplingRandom, unchecked(streams + 1));
        new TeamMembers(_parts).SeedSharedRandom(team);

        static void Begin(Generator random, ulong seed)
        {
            using var begun = new Generator(seed);
            using var state = RandomState.Capture(begun);
            RandomState.Restore(random, state);
        }
    }

    private static CheckpointInfo TakeInfo(Team team, CheckpointInfo? info)
    {
        const char Between = '\0';
        var told = team.Take(info is null ? null : string.Join(
            Between, info.Path, info.Iteration, info.Created.ToString("O", CultureInfo.InvariantCulture), info.Library, info.Description, info.Metric is { } metric ? Text.Number(metric) : "")).Split(Between);
        return info ?? new CheckpointInfo
        {
            Path = told[0],
            Iteration = long.Parse(told[1], CultureInfo.InvariantCulture),
            Created = DateTimeOffset.Parse(told[2], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            Library = told[3],
            Description = told[4],
            Metric = told[5].Length == 0 ? null : double.Parse(told[5], CultureInfo.InvariantCulture),
        };
    }
}
