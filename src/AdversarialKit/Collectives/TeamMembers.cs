using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>What of a system the ranks have to have in common.</summary>
internal sealed class TeamMembers(SystemParts parts)
{
    /// <summary>A line for everything in which ranks must not differ.</summary>
    public string Describe() => string.Join('\n', parts.Configuration()
        .Prepend(("library", ManifestFile.LibraryVersion))
        .Append(("element type", parts.Networks[0].ElementType))
        .Concat(parts.Networks.Select(network => ($"shapes of the {network.Role}", (object?)string.Join(" ", network.Parameters.Select(p => p.Name + Text.Shape(p.Parameter))))))
        .Concat(parts.Networks.Select(network => ($"layers of the {network.Role}", (object?)string.Join(" ", network.Module.modules().Select(module => module.GetType().Name)))))
        .Where(line => line.Item2 is not null)
        .Select(line => $"{line.Item1}: {line.Item2!.ToString()!.ReplaceLineEndings(" ")}"));

    /// <summary>Brings those together that compute over the batch.</summary>
    /// <returns>Whether there are any.</returns>
    /// <exception cref="InvalidGanException">A network has batch normalization that knows its own rank only.</exception>
    public bool Join(Team team)
    {
        team.Together("take part", () => parts.Networks.Select(Unsynchronized).OfType<string>().ToList() is { Count: > 0 } faults ? throw new InvalidGanException(faults) : true);
        var members = parts.Pieces.Select(piece => piece.Part)
            .Concat(parts.Networks.SelectMany(network => network.Module.modules().Prepend(network.Module)))
            .OfType<ITeamMember>()
            .Concat(parts.Members)
            .Distinct(ReferenceEqualityComparer.Instance)
            .Cast<ITeamMember>()
            .ToList();
        members.ForEach(member => member.Join(team));
        return members.Count > 0;
    }

    /// <summary>Dropout draws from torch's shared generator: on each rank something else.</summary>
    public void SeedSharedRandom(Team team)
    {
        if (!team.IsFirst)
        {
            using var random = new Generator(RankSeed.Of(unchecked((ulong)parts.Seed + 4), team.Rank));
            using var state = RandomState.Capture(random);
            RandomState.RestoreGlobal(state);
        }
    }

    private static string? Unsynchronized(Network network) =>
        BatchDependence.Layers(network.Module).Where(layer => layer.Layer is BatchNorm1d or BatchNorm2d or BatchNorm3d).Select(layer => layer.Name).FirstOrDefault() is { } name
            ? $"The {network.Role}'s layer {name} would take its statistics from each rank's own samples, and the networks would part. " +
                $"Call {nameof(GanLayer)}.{nameof(GanLayer.SynchronizeBatchNorm)}({network.Role}) before Build(), or use a normalization of single samples, such as GroupNorm."
            : null;
}
