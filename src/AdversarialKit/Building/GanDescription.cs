using System.Globalization;

namespace AdversarialKit;

/// <summary>What was built, in a few lines for logs and bug reports.</summary>
internal static class GanDescription
{
    public static string Of(GanParts parts, long seed) => string.Join(Environment.NewLine, Configuration(parts)
        .Append(("augmentation", parts.Augmentation))
        .Append(("computes in", $"{(parts.Generator.ComputesInBFloat16 ? ScalarType.BFloat16 : parts.Generator.ElementType)} on {parts.Generator.Device}, seed {seed}"))
        .Where(line => line.Value is not null)
        .Select(line => $"{line.Name + ":",-20}{line.Value}"));

    /// <summary>What a checkpoint is held against: all that was configured, without device, seed and what changes in training.</summary>
    public static IEnumerable<(string Name, object? Value)> Configuration(GanParts parts)
    {
        var update = parts.Update switch
        {
            DiscriminatorUpdate.Separate => "real batch and fakes in separate updates",
            DiscriminatorUpdate.JointMean => "one update on the mean of both losses",
            _ => "one update on the sum of both losses",
        };
        return
        [
            ("generator", $"{Of(parts.Generator)}, {parts.Latents} -> {Text.Sizes(parts.BatchCheck.SampleShape)}"),
            ("discriminator", $"{Of(parts.Discriminator)}, {Text.Sizes(parts.BatchCheck.SampleShape)} -> {Text.Sizes(parts.LogitShape)}"),
            ("precision", parts.Generator.ComputesInBFloat16 ? "products and activations in BFloat16, weights in Float32" : null),
            ("loss", parts.Objective),
            ("discriminator step", $"{parts.DiscriminatorSteps} per iteration, {update}, {Of(parts.Fakes)}"),
            ("optimizers", $"discriminator {Of(parts.DiscriminatorOptimizer)}, generator {Of(parts.GeneratorOptimizer)}"),
            .. parts.Penalties.Select(penalty => ("penalty", (object?)penalty)),
            .. parts.GeneratorTerms.Select(term => ("generator term", (object?)term)),
            .. parts.Companions.Select(companion =>
                ("companion", (object?)$"{companion.Network.Role} of the {(companion.OfGenerator ? "generator" : "discriminator")}, {Of(companion.Network)}")),
            ("condition", parts.BatchCheck.Condition),
            ("fakes", parts.FakeLabels),
            ("history", parts.History),
            ("packing", parts.Packing.Samples > 1 ? $"{parts.Packing.Samples} samples judged at once" : null),
            ("auxiliary", parts.Auxiliary),
            ("discriminator rate", parts.Schedules.Discriminator),
            ("generator rate", parts.Schedules.Generator),
            ("gradients", parts.Clipping),
            ("weights", parts.WeightLimit is { } limit ? $"clipped to ±{Text.Number(limit)}" : null),
            ("accumulation", parts.MicroBatches > 1 ? $"{parts.MicroBatches} passes per update" : null),
            ("generator average", parts.Average),
        ];
    }

    private static string Of(FakeMode fakes) => fakes == FakeMode.Shared
        ? "fakes in training mode, the last ones shared with the generator step"
        : $"fakes in {fakes.ToString().ToLowerInvariant()} mode";

    public static string Of(Network network)
    {
        var all = network.Parameters.Sum(p => p.Parameter.numel());
        var frozen = all - network.Trainable.Sum(p => p.numel());
        return $"{network.Module.GetType().Name} of {all.ToString("N0", CultureInfo.InvariantCulture)} parameters" +
            (frozen == 0 ? "" : $" ({frozen.ToString("N0", CultureInfo.InvariantCulture)} frozen)");
    }

    public static string Of(optim.Optimizer optimizer) => optimizer is IStateful
        ? optimizer.ToString()!
        : $"{optimizer.GetType().Name}(lr {Text.Number(CurrentRate.Of(optimizer))})";
}
