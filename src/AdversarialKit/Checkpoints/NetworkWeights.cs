namespace AdversarialKit;

/// <summary>Weights out of a checkpoint into the networks of a system of another kind, under names such as <c>generator/0.weight</c>.</summary>
internal static class NetworkWeights
{
    private const char Separator = '/';

    /// <summary>Whether a name is that of a network's tensor.</summary>
    public static bool IsOf(Network network, string name) => name.StartsWith(network.Role + Separator, StringComparison.Ordinal);

    /// <exception cref="CheckpointException">Not everything fits, and <paramref name="partial"/> is false.</exception>
    public static WeightsReport Load(Checkpoint checkpoint, IReadOnlyList<Network> networks, Func<string, string?>? rename, bool partial)
    {
        var file = Named(checkpoint.Manifest.Files.Select(known => known.Group).Where(group => HoldsWeights(group, rename is not null)), checkpoint.Load);
        var live = Named(networks.Select(network => network.Role), role => NetworkState.Of(networks.First(network => network.Role == role)));
        var fit = WeightsFit.Of(file, live, rename ?? (name => name));
        var report = fit.Report;
        if (!report.IsComplete && !partial)
        {
            throw new CheckpointException(
                checkpoint.DirectoryPath,
                "The checkpoint does not fit the networks, and nothing was loaded from it:" + string.Concat(report.Differences.Select(line => $"{Environment.NewLine}- {line}")));
        }

        fit.Copy();
        return report;
    }

    private static Dictionary<string, Tensor> Named(IEnumerable<string> groups, Func<string, IReadOnlyDictionary<string, Tensor>> tensorsOf) => groups
        .SelectMany(group => tensorsOf(group).Select(entry => (Name: $"{group}{Separator}{entry.Key}", Tensor: entry.Value)))
        .ToDictionary(entry => entry.Name, entry => entry.Tensor, StringComparer.Ordinal);

    private static bool HoldsWeights(string group, bool withAverages) =>
        group is not (GanGroups.Random or GanGroups.State) && !GanGroups.IsOptimizer(group) && (withAverages || !GanGroups.IsAverage(group));
}
