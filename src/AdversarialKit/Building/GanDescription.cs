using System.Globalization;

namespace AdversarialKit;

/// <summary>What was built, in a few lines for logs and bug reports.</summary>
internal static class GanDescription
{
    public static string Of(GanParts parts)
    {
        var update = parts.Update switch
        {
            DiscriminatorUpdate.Separate => "real batch and fakes in separate updates",
            DiscriminatorUpdate.JointMean => "one update on the mean of both losses",
            _ => "one update on the sum of both losses",
        };
        var lines = new List<(string Name, object? Value)>
        {
            ("generator", $"{Of(parts.Generator)}, {parts.Latents} -> {Text.Sizes(parts.BatchCheck.SampleShape)}"),
            ("discriminator", $"{Of(parts.Discriminator)}, {Text.Sizes(parts.BatchCheck.SampleShape)} -> {Text.Sizes(parts.LogitShape)}"),
            ("loss", parts.Objective),
            ("discriminator step", $"{parts.DiscriminatorSteps} per iteration, {update}, fakes in {parts.Fakes.ToString().ToLowerInvariant()} mode"),
            ("optimizers", $"discriminator {Of(parts.DiscriminatorOptimizer)}, generator {Of(parts.GeneratorOptimizer)}"),
        };
        lines.AddRange(parts.Penalties.Select(penalty => ("penalty", (object?)penalty)));
        lines.AddRange(
        [
            ("auxiliary", parts.Auxiliary),
            ("augmentation", parts.Augmentation),
            ("discriminator rate", parts.Schedules.Discriminator),
            ("generator rate", parts.Schedules.Generator),
            ("gradients", parts.Clipping),
            ("weights", parts.WeightLimit is { } limit ? $"clipped to ±{Text.Number(limit)}" : null),
            ("accumulation", parts.MicroBatches > 1 ? $"{parts.MicroBatches} passes per update" : null),
            ("generator average", parts.Average),
            ("computes in", $"{parts.Generator.ElementType} on {parts.Generator.Device}, seed {parts.Seed}"),
        ]);
        return string.Join(Environment.NewLine, lines.Where(line => line.Value is not null).Select(line => $"{line.Name + ":",-20}{line.Value}"));
    }

    private static string Of(Network network)
    {
        var all = network.Parameters.Sum(p => p.Parameter.numel());
        var frozen = all - network.Trainable.Sum(p => p.numel());
        return $"{network.Module.GetType().Name} of {all.ToString("N0", CultureInfo.InvariantCulture)} parameters" +
            (frozen == 0 ? "" : $" ({frozen.ToString("N0", CultureInfo.InvariantCulture)} frozen)");
    }

    private static string Of(optim.Optimizer optimizer) => optimizer is IStateful
        ? optimizer.ToString()!
        : $"{optimizer.GetType().Name}(lr {Text.Number(optimizer.ParamGroups.First().LearningRate)})";
}
