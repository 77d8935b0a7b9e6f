namespace AdversarialKit;

/// <summary>The system that a GAN is: two networks, the discriminator's step and the generator's.</summary>
internal static class GanSystem
{
    public const string Generator = "generator";
    public const string Discriminator = "discriminator";

    private const string DiscriminatorCounter = "discriminatorSteps";

    // The mean of several parts of a batch may have been written a few last bits above 1.
    private const double Slack = 1e-9;

    public static SystemParts Of(GanParts parts, CombinedModel combined)
    {
        var fakes = new FakeSource(parts);
        return new SystemParts
        {
            Networks = [parts.Generator, parts.Discriminator, .. parts.Companions.Select(companion => companion.Network)],
            Steps = [DiscriminatorStep(parts, fakes), GeneratorStep(parts, combined, fakes)],
            Averages = parts.Average is { } average ? [new SystemAverage(parts.Generator, average, GanGroups.Average)] : [],
            Pieces = [.. Pieces(parts)],
            Members = parts.Objective.IsRelativistic ? [parts.Objective] : [],
            Gate = parts.Lock,
            Check = batch => Named(parts.BatchCheck.Check(batch)),
            Configuration = () => Configuration(parts),
            Describe = seed => GanDescription.Of(parts, seed),
            Complete = (samples, result) => Complete(parts, samples, result),
            Remembered = [new RememberedNumber("realSign", () => parts.LastRealSign, sign => parts.LastRealSign = sign, sign => Math.Abs(sign) <= 1 + Slack || double.IsNaN(sign))],
            Team = parts.Team,
            Seed = parts.Seed,
            Random = parts.Random,
            SamplingRandom = parts.SamplingRandom,
        };
    }

    private static IEnumerable<(string Name, object? Value)> Configuration(GanParts parts) => GanDescription.Configuration(parts)
        .Append(("augmentation", parts.Augmentation is AdaptiveAugmentation adaptive ? adaptive.Settings : parts.Augmentation));

    private static CompiledStep DiscriminatorStep(GanParts parts, FakeSource fakes)
    {
        var plan = new StepPlan
        {
            Name = Discriminator,
            Prepare = fakes.Prepare,
            Objectives = new DiscriminatorObjective(parts).Updates,
            Repeats = parts.DiscriminatorSteps,
            MicroBatches = parts.MicroBatches,
            Together = parts.Packing.Samples,
            Clipping = parts.Clipping,
            MeasuresNorm = parts.MeasuresNorms,
            WeightLimit = parts.WeightLimit,
            Schedule = parts.Schedules.Discriminator,
            Counter = DiscriminatorCounter,
        };
        var mode = parts.Fakes == FakeMode.Inference ? NetworkMode.Inference : NetworkMode.Training;
        return new CompiledStep(
            plan,
            [new NetworkUse(parts.Generator, NetworkRole.DrawnFrom, mode), new NetworkUse(parts.Discriminator, NetworkRole.Trained), .. Companions(parts, ofGenerator: false)],
            parts.DiscriminatorOptimizer);
    }

    private static CompiledStep GeneratorStep(GanParts parts, CombinedModel combined, FakeSource fakes)
    {
        var objective = parts.GeneratorObjective = new GeneratorObjective(parts, combined, fakes);
        var plan = new StepPlan
        {
            Name = Generator,
            Prepare = objective.Prepare,
            Objectives = [objective.Minimize],
            MicroBatches = parts.MicroBatches,
            Together = parts.Packing.Samples,
            Clipping = parts.Clipping,
            MeasuresNorm = parts.MeasuresNorms,
            Schedule = parts.Schedules.Generator,
        };
        return new CompiledStep(
            plan,
            [new NetworkUse(parts.Generator, NetworkRole.Trained), new NetworkUse(parts.Discriminator, NetworkRole.Seen), .. Companions(parts, ofGenerator: true)],
            parts.GeneratorOptimizer);
    }

    private static IEnumerable<NetworkUse> Companions(GanParts parts, bool ofGenerator) => parts.Companions
        .Where(companion => companion.OfGenerator == ofGenerator)
        .Select(companion => new NetworkUse(companion.Network, NetworkRole.Trained));

    private static NamedBatch Named(Batch batch)
    {
        var named = new NamedBatch(batch.Real.size(0));
        named.Set(GanTensors.Real, batch.Real);
        if (batch.Condition is { } condition)
        {
            named.Set(GanTensors.Condition, condition);
        }

        return named;
    }

    private static IEnumerable<(string Name, object Part)> Pieces(GanParts parts)
    {
        if (parts.Augmentation is { } augmentation)
        {
            yield return ("augmentation", augmentation);
        }

        // Losses with a state are few; the others are passed over where checkpoints look for state.
        yield return ("loss", parts.Objective.Loss);
        if (parts.History is { } history)
        {
            yield return ("fake-history", history);
        }

        for (var i = 0; i < parts.Penalties.Count; i++)
        {
            yield return ($"penalty-{i}", parts.Penalties[i].Penalty);
        }

        for (var i = 0; i < parts.GeneratorTerms.Count; i++)
        {
            yield return ($"generator-term-{i}", parts.GeneratorTerms[i].Term);
        }
    }

    private static void Complete(GanParts parts, long samples, IterationResult? result)
    {
        if (result is not null)
        {
            parts.LastRealSign = result[Discriminator][DiscriminatorMeasures.RealSign];
        }

        if (samples > 0)
        {
            parts.Augmentation?.Observe(parts.LastRealSign, samples);
        }
    }
}
