namespace AdversarialKit;

/// <summary>Finds what can be known to be wrong with the description of one step.</summary>
internal static class SystemStepFaults
{
    public static IEnumerable<string> Find(CompiledStepBuilder step, SystemConfiguration c) =>
        [.. Missing(step), .. Networks(step, c), .. Trained(step, c), .. Ranges(step)];

    private static IEnumerable<string> Missing(CompiledStepBuilder step)
    {
        if (step.Optimizer is null)
        {
            yield return $"The step '{step.Name}' has no optimizer. Call WithOptimizer(...), for example with Optimizers.Adam(2e-4, beta1: 0.5).";
        }

        if (step.Objective is null)
        {
            yield return $"The step '{step.Name}' has no objective. Call Minimizes(context => context.Add(name, loss)).";
        }
    }

    private static IEnumerable<string> Networks(CompiledStepBuilder step, SystemConfiguration c)
    {
        foreach (var (network, _, _) in step.Uses.Where(use => c.NameOf(use.Network) is null))
        {
            yield return $"The step '{step.Name}' names a {network.GetType().Name} that is no network of the system. Call WithNetwork for it.";
        }

        var twice = step.Uses.GroupBy(use => use.Network, ReferenceEqualityComparer.Instance).Where(same => same.Count() > 1);
        foreach (var network in twice.Select(same => (nn.Module)same.Key!))
        {
            yield return $"The step '{step.Name}' names the network '{c.NameOf(network) ?? network.GetType().Name}' more than once. A step trains a network, sees it or draws from it.";
        }
    }

    private static IEnumerable<string> Trained(CompiledStepBuilder step, SystemConfiguration c)
    {
        var trained = step.Uses.Where(use => use.Role == NetworkRole.Trained).Select(use => use.Network).ToList();
        if (trained.Count == 0)
        {
            yield return $"The step '{step.Name}' trains nothing. Call Trains(network).";
        }

        foreach (var network in trained.Where(network => network.parameters().Any() && !network.parameters().Any(p => p.requires_grad)))
        {
            yield return $"The step '{step.Name}' trains the network '{c.NameOf(network)}', all of whose parameters were frozen before Build(). Set requires_grad to " +
                "true on those that shall be trained, or call Sees; the freeze of what a step sees is the library's work.";
        }
    }

    private static IEnumerable<string> Ranges(CompiledStepBuilder step)
    {
        if (step.RepeatCount < 1)
        {
            yield return $"The step '{step.Name}' called Repeats({step.RepeatCount}); a step comes at least once in an iteration.";
        }

        if (step.Together < 1)
        {
            yield return $"The step '{step.Name}' called KeepsTogether({step.Together}); at least 1 sample is needed.";
        }

        if (step.WeightLimit is { } limit && !(double.IsFinite(limit) && limit > 0))
        {
            yield return $"The step '{step.Name}' called WithWeightClipping({Text.Number(limit)}); the limit must be a number above 0.";
        }
    }
}
