using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Finds what can be known to be wrong before anything is run.</summary>
internal static class ConfigurationFaults
{
    public static List<string> Find(GanConfiguration configuration) =>
    [
        .. Missing(configuration),
        .. Networks(configuration),
        .. Conditions(configuration),
        .. Ranges(configuration),
        .. Combinations(configuration),
        .. LossFaults.Find(configuration),
        .. OutputFaults.Find(configuration),
        .. AuxiliaryOutputs(configuration),
        .. NetworkFaults.Find(configuration),
    ];

    private static IEnumerable<string> Missing(GanConfiguration c)
    {
        if (c.Generator is null)
        {
            yield return "No generator was supplied. Call WithGenerator(module), a Module<Tensor, Tensor> from latents to samples.";
        }

        if (c.Discriminator is null)
        {
            yield return "No discriminator was supplied. Call WithDiscriminator(module), a Module<Tensor, Tensor> from samples to logits.";
        }

        if (c.Latent is null)
        {
            yield return "No latent distribution was supplied. Call WithLatent(...), for example with Latent.Normal(100).";
        }

        if (c.Objective is null)
        {
            yield return "No loss was supplied. Call WithLoss(...), for example with AdversarialLoss.NonSaturating().";
        }

        if (c.DiscriminatorOptimizer is null || c.GeneratorOptimizer is null)
        {
            yield return "No optimizers were supplied. Call WithOptimizers(...), for example with Optimizers.Adam(2e-4, beta1: 0.5).";
        }
    }

    private static IEnumerable<string> Networks(GanConfiguration c)
    {
        var plans = new[] { c.Generator, c.Discriminator }.OfType<NetworkPlan>().ToList();
        var trimmed = TrimmedModules.Find([.. plans.Select(p => (p.Role, p.Module)), .. c.Companions.Select(p => ($"companion '{p.Name}'", p.Module))]);
        foreach (var fault in trimmed)
        {
            yield return fault;
        }

        foreach (var plan in plans)
        {
            var parameters = plan.Module.parameters().ToList();
            if (parameters.Count == 0)
            {
                if (trimmed.Count > 0)
                {
                    continue;
                }

                yield return $"The {plan.Role} ({plan.Module.GetType().Name}) has no parameters. A module of your own must call " +
                    "RegisterComponents() at the end of its constructor.";
            }
            else if (!parameters.Exists(p => p.requires_grad))
            {
                yield return $"All {parameters.Count} parameters of the {plan.Role} were frozen before Build(), so no step could " +
                    "ever train it. Set requires_grad to true on those that shall be trained; the freeze of the discriminator " +
                    "in the combined model is the library's work.";
            }
        }

        if (c.Generator is null || c.Discriminator is null)
        {
            yield break;
        }

        var generators = c.Generator.Module.parameters().ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        var shared = c.Discriminator.Module.named_parameters().Where(p => generators.Contains(p.parameter)).Select(p => p.name).ToList();
        if (shared.Count > 0)
        {
            yield return $"The discriminator shares parameters with the generator: {string.Join(", ", shared)}. A weight that both " +
                "steps may move cannot be frozen in one of them. Give each network parameters of its own.";
        }
    }

    private static IEnumerable<string> Conditions(GanConfiguration c)
    {
        var conditional = new[] { c.Generator, c.Discriminator }.OfType<NetworkPlan>().Where(n => n.IsConditional).ToList();
        if (!c.IsConditional && conditional.Count > 0)
        {
            yield return $"The {conditional[0].Role} takes a condition, but the number of classes is unknown. Call WithClassLabels(classes), or WithCondition(shape) " +
                "for a condition of another kind.";
        }

        if (c.Classes < 2)
        {
            yield return $"WithClassLabels({c.Classes}) was called; a condition needs at least 2 classes.";
        }

        if (c.Classes is not null && c.Generator is { IsConditional: false } && !c.HasNoLatent)
        {
            yield return "WithClassLabels was called, but the generator takes no condition. Supply a Module<Tensor, Tensor, Tensor> " +
                "of latents and labels to WithGenerator.";
        }
    }

    private static IEnumerable<string> Ranges(GanConfiguration c)
    {
        if (c.DiscriminatorSteps < 1)
        {
            yield return $"WithDiscriminatorSteps({c.DiscriminatorSteps}) was called; at least 1 discriminator update per generator " +
                "update is needed.";
        }

        if (c.MicroBatches < 1)
        {
            yield return $"WithGradientAccumulation({c.MicroBatches}) was called; at least 1 pass per update is needed.";
        }

        if (c.WeightLimit is { } limit && !(double.IsFinite(limit) && limit > 0))
        {
            yield return $"WithWeightClipping({Text.Number(limit)}) was called; the limit must be a number above 0.";
        }

        foreach (var term in c.Penalties.Where(p => !double.IsFinite(p.Weight) || p.Weight <= 0 || p.Interval < 1))
        {
            yield return $"The penalty {term.Penalty} has the weight {Text.Number(term.Weight)} and the interval {term.Interval}. " +
                "Give WithPenalty a weight above 0 and an interval of at least 1.";
        }
    }

    private static IEnumerable<string> Combinations(GanConfiguration c)
    {
        if (c.Update == DiscriminatorUpdate.Separate && c.Objective is { IsRelativistic: true })
        {
            yield return $"The loss {c.Objective} compares real with fake logits, so it cannot be split over two updates. " +
                "Call WithDiscriminatorUpdate(DiscriminatorUpdate.Joint).";
        }

        if (c.Update == DiscriminatorUpdate.Separate && c.MicroBatches > 1)
        {
            yield return $"WithGradientAccumulation({c.MicroBatches}) was called, but separate updates do not accumulate. " +
                "Call WithDiscriminatorUpdate(DiscriminatorUpdate.Joint).";
        }

        if (c.Discriminator is { } discriminator
            && c.Penalties.Where(term => term.Penalty.NeedsIndependentSamples)
                .Select(term => (Term: term, Layer: BatchDependence.In(discriminator.Module, toleratesMinibatchStdDev: term.Penalty is ZeroCenteredPenalty)))
                .FirstOrDefault(found => found.Layer is not null) is { Layer: { } layer, Term: var perSample })
        {
            yield return $"The penalty {perSample.Penalty} is on the gradient of each sample, but the discriminator's layer {layer} mixes the " +
                "samples of a batch, so no sample has a gradient of its own. Use LayerNorm, InstanceNorm or no normalization there.";
        }

        if (c.Precision == ComputePrecision.BFloat16 && c.Objective is { TakesProbabilities: true })
        {
            yield return $"The loss {c.Objective} takes probabilities, but bfloat16 has none between 0.996 and 1, so nothing would be learnt from " +
                "samples that are told apart well. End the discriminator in logits and call WithLoss(AdversarialLoss.NonSaturating()).";
        }

        if (c.Fakes == FakeMode.Shared && c.MicroBatches > 1)
        {
            yield return $"WithGradientAccumulation({c.MicroBatches}) was called to save memory, but FakeMode.Shared keeps the graph of the whole " +
                "batch of fakes. Call WithFakes(FakeMode.Training).";
        }

        if (c.Update == DiscriminatorUpdate.Separate && c.Penalties.Count > 0)
        {
            yield return "Penalties belong to one update on both losses, not to two separate ones. " +
                "Call WithDiscriminatorUpdate(DiscriminatorUpdate.Joint).";
        }
    }

    private static IEnumerable<string> AuxiliaryOutputs(GanConfiguration c)
    {
        if (c.ClassifierWeight is not null && c.Code is not null)
        {
            yield return "Both WithClassifier and WithLatentCode were called, but the discriminator has one second output. Call one of them.";
            yield break;
        }

        var wanted = c.ClassifierWeight is not null ? "WithClassifier" : c.Code is not null ? "WithLatentCode" : null;
        if (wanted is not null && c.Discriminator is { HasAuxiliary: false })
        {
            yield return $"{wanted} was called, but the discriminator has no second output. Supply a Module<Tensor, (Tensor, Tensor)> to WithDiscriminator.";
        }

        if (wanted is null && c.Discriminator is { HasAuxiliary: true })
        {
            yield return "The discriminator has a second output that nothing trains. Call WithClassifier or WithLatentCode.";
        }

        if (wanted is not null && c.Update == DiscriminatorUpdate.Separate)
        {
            yield return $"{wanted} needs one update on all losses. Call WithDiscriminatorUpdate(DiscriminatorUpdate.Joint).";
        }

        if (c.ClassifierWeight is { } weight && !(c.Classes >= 2 && double.IsFinite(weight) && weight > 0))
        {
            yield return $"WithClassifier({Text.Number(weight)}) needs a weight above 0, and a call of WithClassLabels.";
        }

        if (c.Code is { } code && !(code.IsValid && c.Latent is not { Shape.Count: not 1 } && double.IsFinite(c.CodeWeight) && c.CodeWeight > 0))
        {
            yield return $"WithLatentCode was called with {code}, weight {Text.Number(c.CodeWeight)} and the latent {c.Latent}; it needs 0 or " +
                "at least 2 categories, at least one variable, a weight above 0, and a latent that is a vector.";
        }
    }
}
