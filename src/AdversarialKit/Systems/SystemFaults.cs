using System.Text.RegularExpressions;
using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Finds what can be known to be wrong with a system before anything is run.</summary>
internal static partial class SystemFaults
{
    // With 'optimizer-' in front, the 64 characters that the name of a file may have.
    private const int LongestName = 54;

    private static readonly string[] _reserved = [GanGroups.Random, GanGroups.State, GanGroups.Batches, GanGroups.Average, "evaluations"];

    public static List<string> Find(SystemConfiguration c) =>
    [
        .. Missing(c),
        .. Names(c),
        .. Networks(c),
        .. c.Steps.SelectMany(step => SystemStepFaults.Find(step, c)),
        .. Unused(c),
        .. TrainedTwice(c),
        .. SharedParameters(c),
        .. Ranges(c),
    ];

    /// <summary>What is wrong with the names of things that become files of a checkpoint.</summary>
    public static IEnumerable<string> NameFaults(string kind, IReadOnlyList<string> names, params string[] taken)
    {
        string[] reserved = [.. _reserved, .. taken];
        foreach (var name in names.Distinct().Where(name => !IsAllowed(name) || reserved.Contains(name)))
        {
            yield return $"The {kind} is named '{name}', but names become files and must be lower-case letters, digits and hyphens, {LongestName} at most, such as " +
                $"'encoder-a', not a device of Windows such as 'con' or 'aux', not {string.Join(", ", reserved.Select(word => $"'{word}'"))}, and not begin with 'optimizer-' or 'average-'.";
        }

        foreach (var name in names.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return $"Two {kind}s are named '{name}'. Give each a name of its own.";
        }
    }

    private static IEnumerable<string> Missing(SystemConfiguration c)
    {
        if (c.Networks.Count == 0)
        {
            yield return "No network was supplied. Call WithNetwork(name, module) for each.";
        }

        if (c.Tensors.Count == 0)
        {
            yield return "No tensor of the batches was declared. Call WithTensor(name, shape) for each.";
        }

        if (c.Steps.Count == 0)
        {
            yield return "No step was described. Call WithStep(name, step => step.Trains(...).WithOptimizer(...).Minimizes(...)).";
        }
    }

    private static IEnumerable<string> Names(SystemConfiguration c)
    {
        var faults = NameFaults("network", [.. c.Networks.Select(network => network.Name)])
            .Concat(NameFaults("step", [.. c.Steps.Select(step => step.Name)]))
            .Concat(NameFaults("piece", [.. c.Pieces.Select(piece => piece.Name)]));
        foreach (var fault in faults)
        {
            yield return fault;
        }

        foreach (var name in c.Tensors.GroupBy(tensor => tensor.Name).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return $"Two tensors are named '{name}'. Give each a name of its own.";
        }

        foreach (var name in c.Networks.Select(n => n.Name).Intersect(c.Pieces.Select(p => p.Name)))
        {
            yield return $"A network and a piece are both named '{name}'. Give each a name of its own.";
        }
    }

    private static IEnumerable<string> Networks(SystemConfiguration c)
    {
        var trimmed = TrimmedModules.Find([.. c.Networks.Select(n => ($"network '{n.Name}'", n.Module))]);
        foreach (var fault in trimmed)
        {
            yield return fault;
        }

        foreach (var (name, module) in c.Networks)
        {
            if (trimmed.Count == 0 && !module.parameters().Any())
            {
                yield return $"The network '{name}' ({module.GetType().Name}) has no parameters. A module of your own must call " +
                    "RegisterComponents() at the end of its constructor.";
            }
        }

        foreach (var same in c.Networks.GroupBy(n => n.Module, ReferenceEqualityComparer.Instance).Where(same => same.Count() > 1))
        {
            yield return $"{string.Join(" and ", same.Select(n => $"'{n.Name}'"))} are one module. Name a module once.";
        }

        foreach (var (network, _) in c.Averages.Where(a => c.NameOf(a.Network) is null))
        {
            yield return $"WithAverage was called with a {network.GetType().Name} that is no network of the system. Call WithNetwork for it.";
        }

        foreach (var name in c.Averages.Select(a => c.NameOf(a.Network)).OfType<string>().GroupBy(n => n).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return $"WithAverage was called twice for the network '{name}'. Call it once.";
        }
    }

    private static IEnumerable<string> Unused(SystemConfiguration c)
    {
        var used = c.Steps.SelectMany(step => step.Uses).Select(use => use.Network).ToHashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        return c.Networks.Where(network => !used.Contains(network.Module))
            .Select(network => $"The network '{network.Name}' is in no step. Name it in Trains, Sees or DrawsFrom of a step, or leave it out.");
    }

    private static IEnumerable<string> TrainedTwice(SystemConfiguration c)
    {
        foreach (var (name, module) in c.Networks)
        {
            var steps = c.Steps.Where(step => step.Uses.Exists(use => use.Role == NetworkRole.Trained && ReferenceEquals(use.Network, module))).ToList();
            if (steps.Count > 1 && steps.Skip(1).FirstOrDefault(step => !step.Shared.Contains(module)) is { } unsaid)
            {
                yield return $"The network '{name}' is trained by the steps {string.Join(" and ", steps.Select(step => $"'{step.Name}'"))}, each with an optimizer of " +
                    $"its own. If that is meant, call AlsoTrains instead of Trains in '{unsaid.Name}'.";
            }
        }
    }

    private static IEnumerable<string> SharedParameters(SystemConfiguration c)
    {
        for (var i = 0; i < c.Networks.Count; i++)
        {
            var own = c.Networks[i].Module.parameters().ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
            for (var j = i + 1; j < c.Networks.Count; j++)
            {
                var (first, second) = (c.Networks[i], c.Networks[j]);
                var shared = second.Module.named_parameters().Where(p => own.Contains(p.parameter)).Select(p => p.name).ToList();
                if (shared.Count > 0 && !ReferenceEquals(first.Module, second.Module))
                {
                    yield return $"The networks '{first.Name}' and '{second.Name}' share parameters: {string.Join(", ", shared)}. A weight that one step may move " +
                        "cannot be frozen in another under a second name. Make what they share a network of its own.";
                }
            }
        }
    }

    private static IEnumerable<string> Ranges(SystemConfiguration c)
    {
        if (c.MicroBatches < 1)
        {
            yield return $"WithGradientAccumulation({c.MicroBatches}) was called; at least 1 pass per update is needed.";
        }

        if (c.TrialSize < 2)
        {
            yield return $"WithTrialSize({c.TrialSize}) was called; at least 2 samples are needed.";
        }

        foreach (var tensor in c.Tensors.Where(tensor => Array.Exists(tensor.Shape, size => size < 1)))
        {
            yield return $"The tensor '{tensor.Name}' was declared with the sample shape {Text.Sizes(tensor.Shape)}; each size must be at least 1.";
        }
    }

    private static bool IsAllowed(string name) =>
        Allowed().IsMatch(name) && CheckpointNames.IsGroup(name) && name.Length <= LongestName && !HasReservedPrefix(name);

    private static bool HasReservedPrefix(string name) => name.StartsWith("optimizer-", StringComparison.Ordinal) || name.StartsWith("average-", StringComparison.Ordinal);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
