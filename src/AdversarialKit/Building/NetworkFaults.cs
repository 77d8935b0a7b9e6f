using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Finds what is wrong with conditions, terms, companions and what the discriminator is shown.</summary>
internal static class NetworkFaults
{
    private static readonly string[] _taken = [GanSystem.Generator, GanSystem.Discriminator];

    public static IEnumerable<string> Find(GanConfiguration c) => [.. Conditions(c), .. FakeLabelsFaults(c), .. Terms(c), .. Companions(c), .. Shown(c)];

    private static IEnumerable<string> Conditions(GanConfiguration c)
    {
        if (c.Condition is { } condition && c.Classes is not null)
        {
            yield return "Both WithClassLabels and WithCondition were called. Call one of them.";
        }
        else if (c.Condition is not null && c.Generator is { IsConditional: false } && !c.HasNoLatent)
        {
            yield return "WithCondition was called, but the generator takes no condition. Supply a Module<Tensor, Tensor, Tensor> of latents and conditions to " +
                "WithGenerator, or call WithoutLatent() for one of conditions alone.";
        }

        if (c.Condition is { } declared && Array.Exists(declared.Shape, size => size < 1))
        {
            yield return $"WithCondition was called with the shape {Text.Sizes(declared.Shape)}; each size must be at least 1.";
        }

        if (c.HasNoLatent && (!c.IsConditional || c.Generator is { IsConditional: true }))
        {
            yield return c.IsConditional
                ? "WithoutLatent() was called, but the generator takes latents and a condition. Supply a Module<Tensor, Tensor> of conditions to WithGenerator."
                : "WithoutLatent() was called, but there is no condition to make samples of. Call WithCondition(shape).";
        }

        if (c.HasNoLatent && c.Code is not null)
        {
            yield return "WithLatentCode was called, but WithoutLatent() leaves no latent for a code. Call one of them.";
        }
    }

    private static IEnumerable<string> FakeLabelsFaults(GanConfiguration c)
    {
        if (c.FakeLabels is { } labels && (c.Classes is null || (labels.Classes is { } count && count != c.Classes)))
        {
            yield return c.Classes is null
                ? "WithFakeLabels was called, but the GAN has no class labels. Call WithClassLabels(classes)."
                : $"WithFakeLabels was given shares of {labels.Classes} classes, but WithClassLabels({c.Classes}) was called. Give a share for each class.";
        }
    }

    private static IEnumerable<string> Terms(GanConfiguration c)
    {
        foreach (var term in c.GeneratorTerms.Where(term => !double.IsFinite(term.Weight) || term.Weight == 0 || term.Interval < 1))
        {
            yield return $"The generator term '{term.Name}' has the weight {Text.Number(term.Weight)} and the interval {term.Interval}. " +
                "Give WithGeneratorTerm a weight that is finite and not 0, and an interval of at least 1.";
        }

        var names = c.GeneratorTerms.Select(term => term.Name).ToList();
        foreach (var name in names.Where(name => name is GeneratorObjective.Auxiliary or CompiledStep.LossName or CompiledStep.GradientNormName)
            .Concat(names.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key)))
        {
            yield return $"A generator term is named '{name}', and so is something else that the step reports. Give each term a name of its own.";
        }
    }

    private static IEnumerable<string> Companions(GanConfiguration c)
    {
        foreach (var fault in SystemFaults.NameFaults("companion", [.. c.Companions.Select(companion => companion.Name)], _taken))
        {
            yield return fault;
        }

        foreach (var (name, module, _) in c.Companions.Where(companion => !companion.Module.parameters().Any(p => p.requires_grad)))
        {
            yield return $"The companion '{name}' ({module.GetType().Name}) has no trainable parameters. A module of your own must call RegisterComponents() at the " +
                "end of its constructor; one that was frozen on purpose needs no step.";
        }

        var others = new[] { c.Generator, c.Discriminator }.OfType<NetworkPlan>().Select(plan => (Name: plan.Role, plan.Module))
            .Concat(c.Companions.Select(companion => (companion.Name, companion.Module))).ToList();
        foreach (var (name, module, _) in c.Companions)
        {
            var own = module.parameters().ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
            if (others.Find(other => other.Name != name && other.Module.parameters().Any(own.Contains)) is { Module: not null } sharing)
            {
                yield return $"The companion '{name}' shares parameters with '{sharing.Name}', which moves them too. Give each network parameters of its own.";
            }
        }
    }

    private static IEnumerable<string> Shown(GanConfiguration c)
    {
        if (c.HistorySize < 1)
        {
            yield return $"WithFakeHistory({c.HistorySize}) was called; at least 1 sample must be kept.";
        }

        if (c.HistorySize is not null && c.Discriminator is { IsConditional: true } or { HasAuxiliary: true })
        {
            yield return "WithFakeHistory was called, but the discriminator takes a condition or has a second output, and past fakes were made of other labels and latents. Leave it out, or describe the " +
                "system with AdversarialSystemBuilder, whose history can keep samples and conditions as one tensor.";
        }

        if (c.Packing < 1)
        {
            yield return $"WithPacking({c.Packing}) was called; at least 1 sample is judged at once.";
        }

        if (c.Packing > 1 && (c.Discriminator is { IsConditional: true } or { HasAuxiliary: true }))
        {
            yield return $"WithPacking({c.Packing}) was called, but the discriminator takes a condition or has a second output, which are of single samples. Supply a " +
                "Module<Tensor, Tensor> to WithDiscriminator.";
        }
    }
}
