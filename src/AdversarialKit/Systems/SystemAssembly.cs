using Microsoft.Extensions.Logging;
using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Turns a configuration into a system, or into the list of its faults.</summary>
internal sealed class SystemAssembly(SystemConfiguration configuration)
{
    private readonly List<string> _faults = SystemFaults.Find(configuration);
    private readonly List<IDisposable> _made = [];

    public AdversarialSystem Assemble(ILogger logger)
    {
        try
        {
            return Complete(logger);
        }
        catch
        {
            _made.ForEach(made => made.Dispose());
            throw;
        }
    }

    private AdversarialSystem Complete(ILogger logger)
    {
        ThrowIfFaulty();
        var networks = configuration.Networks.Select(network => Compile(network.Name, network.Module)).ToList();
        ThrowIfFaulty();
        var steps = configuration.Steps.Select(step => Compile(step, networks)).OfType<CompiledStep>().ToList();
        ThrowIfFaulty();

        // Every step keeps samples together that one of them must: then all of them can take the same batch.
        var together = configuration.Steps.Select(step => step.Together).Aggregate(1, LeastCommonMultiple);
        var check = new SystemBatchCheck(configuration.Tensors, networks, together, configuration.MicroBatches);
        new SystemTrial(configuration, networks, steps).Run(_faults);
        ThrowIfFaulty();
        return new AdversarialSystem(Parts(networks, steps, check), logger);
    }

    private SystemParts Parts(List<Network> networks, List<CompiledStep> steps, SystemBatchCheck check)
    {
        var seed = configuration.Seed ?? Random.Shared.NextInt64();
        var streams = RankSeed.Of(seed, configuration.Team);
        SystemParts? parts = null;
        return parts = new SystemParts
        {
            Networks = networks,
            Steps = steps,
            Averages = [.. configuration.Averages.Select(average => Average(average.Network, average.Average, networks))],
            Pieces = [.. configuration.Pieces.Select(piece => (piece.Name, (object)piece.Piece))],
            Check = check.Check,
            Configuration = () => SystemDescription.Configuration(configuration, networks, steps),
            Describe = seed => SystemDescription.Of(parts!, networks[0], seed),
            Sampler = configuration.Sampler,
            Seed = seed,
            Team = configuration.Team,
            Random = new Generator(streams),
            SamplingRandom = new Generator(unchecked(streams + 1)),
        };
    }

    private SystemAverage Average(nn.Module module, EmaOptions options, List<Network> networks)
    {
        var average = new GeneratorAverage(module, options);
        _made.Add(average);
        return new SystemAverage(NetworkOf(module, networks), average, $"{GanGroups.Average}-{configuration.NameOf(module)}");
    }

    private Network Compile(string name, nn.Module module)
    {
        if (configuration.Device is { } device)
        {
            module.to(device);
        }

        var plan = new NetworkPlan(name, module, (_, _) => throw new InvalidOperationException($"The network '{name}' is run by the context of a step."), false);
        var autocast = configuration.Precision == ComputePrecision.BFloat16 ? LowerPrecision.Find(plan, _faults) : null;
        return new Network(name, module, plan.Forward, autocast);
    }

    private CompiledStep? Compile(CompiledStepBuilder step, List<Network> networks)
    {
        var uses = step.Uses.Select(use => new NetworkUse(NetworkOf(use.Network, networks), use.Role, use.Mode)).ToArray();
        var trainable = uses.Where(use => use.Role == NetworkRole.Trained).SelectMany(use => use.Network.Trainable).Distinct().ToArray();
        var optimizer = step.Optimizer!(Array.AsReadOnly(trainable));
        if (optimizer is null)
        {
            _faults.Add($"The optimizer factory of the step '{step.Name}' returned null. Give WithOptimizer a factory that returns an optimizer.");
            return null;
        }

        _made.Add(optimizer);
        var taken = optimizer.parameters().ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        if (!taken.SetEquals(trainable))
        {
            _faults.Add($"The optimizer factory of the step '{step.Name}' was given {trainable.Length} parameters and its optimizer took {taken.Count}, of which " +
                $"{taken.Count(trainable.Contains)} are among those given. Give WithOptimizer a factory that hands the parameters on as it got them.");
        }

        return new CompiledStep(step.ToPlan(configuration.MicroBatches), uses, optimizer);
    }

    private static Network NetworkOf(nn.Module module, List<Network> networks) => networks.Find(network => ReferenceEquals(network.Module, module))!;

    private static int LeastCommonMultiple(int left, int right)
    {
        var (a, b) = (left, right);
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return left / a * right;
    }

    private void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidGanException(_faults, subject: "system");
        }
    }
}
