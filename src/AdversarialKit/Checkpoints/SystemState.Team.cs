using System.Globalization;

namespace AdversarialKit;

/// <content>The state of several ranks: what all have in common, and what each has for itself.</content>
internal sealed partial class SystemState
{
    private const string Ranks = "ranks";

    /// <summary>Takes on what rank 0 has, except what each rank has for itself.</summary>
    public void TakeFromFirst(Team team)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        foreach (var live in parts.Networks.SelectMany(network => NetworkState.Of(network).Values))
        {
            var whole = live.cpu().contiguous();
            team.Take(whole);
            if (!team.IsFirst)
            {
                live.copy_(whole);
            }
        }

        foreach (var (_, part) in Common())
        {
            var state = team.Take(team.IsFirst ? TensorPacket.Of(part.GetState()) : null);
            if (!team.IsFirst)
            {
                part.SetState(TensorPacket.Open(state));
            }
        }
    }

    private void CompareRanks(Team team, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Tensor>> groups)
    {
        var digests = groups.Where(group => group.Key != GanGroups.Random)
            .Select(group => $"{group.Key}: {TensorBytes.Digest(group.Value.Where(entry => !IsOfRank(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value)))}");
        team.Compare(string.Join('\n', digests), texts => TeamDifferences.Find(texts) is { Length: > 0 } difference
            ? "The ranks have come to differ, and no checkpoint was written. " + difference.Replace("The ranks were built differently: ", "The SHA-256 of ", StringComparison.Ordinal)
                .Replace("Start every rank with the same program and the same arguments.", "A callback, a piece or a module of your own changed it on one rank alone.", StringComparison.Ordinal)
            : "");
    }

    /// <summary>How many ranks wrote a checkpoint.</summary>
    public static int RanksOf(Checkpoint checkpoint) =>
        int.TryParse(checkpoint.Manifest.Values.GetValueOrDefault(Ranks), NumberStyles.None, CultureInfo.InvariantCulture, out var ranks) && ranks > 0 ? ranks : 1;

    /// <summary>What a checkpoint holds of its ranks but the first. The caller disposes the tensors.</summary>
    public static IReadOnlyDictionary<string, Tensor> StoredOfOtherRanks(Checkpoint checkpoint) => checkpoint.Load(Ranks);

    /// <summary>A checkpoint's content, on rank 0 with what the other ranks have for themselves.</summary>
    /// <exception cref="CollectiveException">The ranks have come to differ.</exception>
    public CheckpointContent WithOtherRanks(Team team, CheckpointContent content, IStateful? batches)
    {
        CompareRanks(team, content.Groups);
        var ofRanks = OfOtherRanks(team, batches);
        return content with
        {
            Groups = content.Groups.Append(new(Ranks, ofRanks)).ToDictionary(group => group.Key, group => group.Value),
            Values = content.Values.Append(new(Ranks, team.Size.ToString(CultureInfo.InvariantCulture))).ToDictionary(value => value.Key, value => value.Value),
        };
    }

    private Dictionary<string, Tensor> OfOtherRanks(Team team, IStateful? batches)
    {
        var packets = team.Gather(TensorPacket.Of(OfRank(batches)));
        var all = new Dictionary<string, Tensor>();
        for (var rank = 1; rank < packets.Count; rank++)
        {
            foreach (var (name, tensor) in TensorPacket.Open(packets[rank]))
            {
                all[$"{rank.ToString(CultureInfo.InvariantCulture)}/{name}"] = tensor;
            }
        }

        return all;
    }

    /// <summary>Gives each rank but the first what it has for itself; called by rank 0 with what <see cref="OfOtherRanks"/> gathered, else with null.</summary>
    public void Distribute(Team team, IReadOnlyDictionary<string, Tensor>? ofRanks, IStateful? batches)
    {
        for (var rank = 1; rank < team.Size; rank++)
        {
            var prefix = rank.ToString(CultureInfo.InvariantCulture) + "/";
            var packet = team.Take(ofRanks is null ? null : TensorPacket.Of(ofRanks
                .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value)));
            if (rank == team.Rank)
            {
                TakeOwn(TensorPacket.Open(packet), batches);
            }
        }
    }

    private void TakeOwn(IReadOnlyDictionary<string, Tensor> own, IStateful? batches)
    {
        RandomState.Restore(parts.Random, own[TrainingRandom]);
        RandomState.Restore(parts.SamplingRandom, own[SamplingRandom]);
        RandomState.RestoreGlobal(own[TorchRandom]);
        foreach (var (name, part) in Own(batches))
        {
            part.SetState(own.Where(entry => entry.Key.StartsWith(name + "/", StringComparison.Ordinal)).ToDictionary(entry => entry.Key[(name.Length + 1)..], entry => entry.Value));
        }
    }

    private Dictionary<string, Tensor> OfRank(IStateful? batches)
    {
        var own = StatefulGroup.Capture(Own(batches));
        own[TrainingRandom] = RandomState.Capture(parts.Random);
        own[SamplingRandom] = RandomState.Capture(parts.SamplingRandom);
        own[TorchRandom] = RandomState.CaptureGlobal();
        return own;
    }

    // What cannot be read is no part of checkpoints either; it is as its factory made it, alike on all ranks.
    private IEnumerable<KeyValuePair<string, IStateful>> Common() =>
        StatefulParts(null, parts.Steps.Where(step => NamedOptimizerState.FaultOf(step.Optimizer) is null)).Where(part => !IsOfRank(part.Key + "/"));

    private Dictionary<string, IStateful> Own(IStateful? batches) =>
        StatefulParts(batches).Where(part => IsOfRank(part.Key + "/")).ToDictionary(part => part.Key, part => part.Value);

    // Each rank keeps fakes of its own and stands at batches of its own.
    private bool IsOfRank(string name) => name.StartsWith(GanGroups.Batches + "/", StringComparison.Ordinal)
        || parts.Pieces.Any(piece => piece.Part is FakeHistory && name.StartsWith(piece.Name + "/", StringComparison.Ordinal));
}
