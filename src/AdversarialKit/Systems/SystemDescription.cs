using System.Globalization;

namespace AdversarialKit;

/// <summary>What a system consists of, in a few lines for logs, bug reports and checkpoints.</summary>
internal static class SystemDescription
{
    public static string Of(SystemParts parts, Network first, long seed) => string.Join(Environment.NewLine, parts.Configuration()
        .Append(("computes in", $"{(first.ComputesInBFloat16 ? ScalarType.BFloat16 : first.ElementType)} on {first.Device}, seed {seed.ToString(CultureInfo.InvariantCulture)}"))
        .Where(line => line.Item2 is not null)
        .Select(line => $"{line.Item1 + ":",-20}{line.Item2}"));

    public static IEnumerable<(string Name, object? Value)> Configuration(SystemConfiguration c, IReadOnlyList<Network> networks, IReadOnlyList<CompiledStep> steps) =>
    [
        .. networks.Select(network => ("network", (object?)$"{network.Role}, {GanDescription.Of(network)}")),
        .. c.Tensors.Select(tensor => ("tensor", (object?)tensor)),
        .. steps.Select(step => ("step", (object?)Of(step))),
        .. c.Averages.Select(average => ("average", (object?)$"{c.NameOf(average.Network)}: {average.Average}")),
        .. c.Pieces.Select(piece => ("piece", (object?)$"{piece.Name}: {piece.Piece}")),
        ("precision", networks[0].ComputesInBFloat16 ? "products and activations in BFloat16, weights in Float32" : null),
        ("accumulation", c.MicroBatches > 1 ? $"{c.MicroBatches.ToString(CultureInfo.InvariantCulture)} passes per update" : null),
    ];

    private static string Of(CompiledStep step)
    {
        var parts = new[]
        {
            step.Name + (step.Plan.Repeats > 1 ? $", {step.Plan.Repeats.ToString(CultureInfo.InvariantCulture)} times an iteration" : ""),
            Those(step, NetworkRole.Trained, "trains"),
            Those(step, NetworkRole.Seen, "sees"),
            Those(step, NetworkRole.DrawnFrom, "draws from"),
            $"optimizer {GanDescription.Of(step.Optimizer)}",
            step.Plan.Schedule is { } schedule ? $"rate {schedule}" : null,
            step.Plan.Clipping is { } clipping ? $"gradients {clipping}" : null,
            step.Plan.WeightLimit is { } limit ? $"weights clipped to ±{Text.Number(limit)}" : null,
        };
        return string.Join("; ", parts.Where(part => part is not null));
    }

    private static string? Those(CompiledStep step, NetworkRole role, string verb)
    {
        var names = step.Uses.Where(use => use.Role == role)
            .Select(use => use.Network.Role + (use.Mode == NetworkMode.Inference ? " in inference mode" : ""))
            .ToList();
        return names.Count == 0 ? null : $"{verb} {string.Join(", ", names)}";
    }
}
