using System.Globalization;
using Microsoft.Extensions.Logging;
using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Turns a configuration into a GAN, or into the list of its faults.</summary>
internal sealed class GanAssembly(GanConfiguration configuration)
{
    private readonly List<string> _faults = ConfigurationFaults.Find(configuration);
    private readonly List<IDisposable> _made = [];
    private Device? _device;

    public Gan Assemble(ILogger<Gan> logger)
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

    private Gan Complete(ILogger<Gan> logger)
    {
        var unrecordable = GradientMode.BuildFaults(configuration).ToList();
        _faults.AddRange(unrecordable);
        var device = DeviceChoice.Find(configuration, _faults);
        if (_faults.Count > 0 && !HasParameters)
        {
            throw new InvalidGanException(_faults);
        }

        // With faults already found the modules stay where they are, and are looked at there as far as that goes.
        _device = _faults.Count == 0 ? device : null;
        var generator = Compile(GeneratorPlan());
        var discriminator = Compile(DiscriminatorPlan());
        var companions = configuration.Companions.Select(c => (Network: Compile(CompanionPlan(c.Name, c.Module)), c.OfGenerator)).ToList();
        var discriminatorOptimizer = MakeOptimizer(configuration.DiscriminatorOptimizer, discriminator, companions.Where(c => !c.OfGenerator).Select(c => c.Network));
        var generatorOptimizer = MakeOptimizer(configuration.GeneratorOptimizer, generator, companions.Where(c => c.OfGenerator).Select(c => c.Network));
        if (unrecordable.Count > 0 || (_faults.Count > 0 && !CanRunDry(generator, discriminator)))
        {
            throw new InvalidGanException(_faults);
        }

        var latents = new LatentSource(CompleteLatent(), generator);
        var shapes = new DryRun(generator, discriminator, latents, configuration).Run(_faults);
        ThrowIfFaulty();

        var average = configuration.Average is { } options ? Own(new GeneratorAverage(generator.Module, options)) : null;
        var seed = configuration.Seed ?? Random.Shared.NextInt64();
        var streams = RankSeed.Of(seed, configuration.Team);
        var parts = new GanParts
        {
            Generator = generator,
            Discriminator = discriminator,
            Latents = latents,
            Objective = configuration.Objective!,
            Penalties = [.. Named(configuration.Penalties)],
            GeneratorTerms = [.. configuration.GeneratorTerms],
            Companions = companions,
            History = configuration.HistorySize is { } size ? Own(new FakeHistory(size)) : null,
            Packing = new Packing(configuration.Packing),
            FakeLabels = configuration.FakeLabels,
            Update = configuration.Update,
            Fakes = configuration.Fakes,
            DiscriminatorSteps = configuration.DiscriminatorSteps,
            MicroBatches = configuration.MicroBatches,
            Augmentation = configuration.Augmentation,
            Auxiliary = AuxiliaryTask(),
            Clipping = configuration.Clipping,
            MeasuresNorms = configuration.MeasuresNorms,
            WeightLimit = configuration.WeightLimit,
            Average = average,
            Schedules = (configuration.DiscriminatorSchedule, configuration.GeneratorSchedule),
            DiscriminatorOptimizer = discriminatorOptimizer!,
            GeneratorOptimizer = generatorOptimizer!,
            Seed = seed,
            Team = configuration.Team,
            Random = new Generator(streams),
            SamplingRandom = new Generator(unchecked(streams + 1)),
            BatchCheck = new BatchCheck(shapes.Sample, generator, discriminator, configuration),
            LogitShape = shapes.Logits,
        };
        return new Gan(parts, logger);
    }

    private bool HasParameters =>
        configuration.Generator?.Module.parameters().Any() == true && configuration.Discriminator?.Module.parameters().Any() == true;

    // What a fault that was found already would make fail is not told a second time.
    private bool CanRunDry(Network generator, Network discriminator) =>
        configuration.Latent is not null
        && configuration.Precision == ComputePrecision.Full
        && (configuration.Condition is null || configuration.Classes is null)
        && configuration.Packing >= 1
        && configuration.Code is not { IsValid: false }
        && (configuration.Code is null || configuration.Latent.Shape.Count == 1)
        && (configuration.Classes >= 1 || configuration.Condition is not null || configuration is { Classes: null, Generator.IsConditional: false, Discriminator.IsConditional: false })
        && generator.Device.ToString() == discriminator.Device.ToString();

    private ILatent CompleteLatent() => configuration.Code is { } code
        ? new CodedLatent(configuration.Latent!, code)
        : configuration.Latent!;

    // Two penalties of one kind are told apart in results by a number.
    private static IEnumerable<PenaltyTerm> Named(IReadOnlyList<PenaltyTerm> penalties) => penalties.Select((term, i) =>
        penalties.Take(i).Count(other => other.Name == term.Name) + (DiscriminatorMeasures.IsTaken(term.Name) ? 1 : 0) is var before and > 0
            ? term with { Name = $"{term.Name} ({(before + 1).ToString(CultureInfo.InvariantCulture)})" }
            : term);

    private IAuxiliaryTask? AuxiliaryTask() => configuration switch
    {
        { ClassifierWeight: { } weight } => new ClassificationTask(weight),
        { Code: { } code } => new LatentCodeTask(code, configuration.CodeWeight),
        _ => null,
    };

    private T Own<T>(T made)
        where T : IDisposable
    {
        _made.Add(made);
        return made;
    }

    private Network Compile(NetworkPlan plan)
    {
        if (_device is not null)
        {
            plan.Module.to(_device);
        }

        var autocast = configuration.Precision == ComputePrecision.BFloat16 ? LowerPrecision.Find(plan, _faults) : null;
        return new Network(plan.Role, plan.Module, plan.Forward, autocast);
    }

    private NetworkPlan GeneratorPlan()
    {
        var plan = configuration.Generator!;
        return configuration.HasNoLatent ? plan with { Forward = (_, condition) => plan.Forward(condition!, null) } : plan;
    }

    private NetworkPlan DiscriminatorPlan()
    {
        var plan = configuration.Discriminator!;
        var packing = new Packing(configuration.Packing);
        return packing.Samples > 1 ? plan with { Forward = (input, condition) => plan.Forward(packing.Join(input), condition) } : plan;
    }

    private static NetworkPlan CompanionPlan(string name, nn.Module module) =>
        new(name, module, (_, _) => throw new InvalidOperationException($"The companion '{name}' is called by the terms that use it."), false);

    private optim.Optimizer? MakeOptimizer(OptimizerFactory? factory, Network network, IEnumerable<Network> companions)
    {
        if (factory is null || network.Trainable.Length == 0)
        {
            return null;
        }

        Parameter[] trainable = [.. network.Trainable, .. companions.SelectMany(companion => companion.Trainable)];
        var optimizer = factory(Array.AsReadOnly(trainable));
        if (optimizer is null)
        {
            _faults.Add($"The optimizer factory of the {network.Role} returned null. Give WithOptimizers a factory that returns an optimizer.");
            return null;
        }

        Own(optimizer);
        if (NamedOptimizerState.IsNative(optimizer))
        {
            _faults.Add($"The optimizer of the {network.Role} cannot be used. {NamedOptimizerState.FaultOf(optimizer)}");
            return optimizer;
        }

        var taken = optimizer.parameters().ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        if (!taken.SetEquals(trainable))
        {
            _faults.Add($"The optimizer factory of the {network.Role} was given {trainable.Length} parameters and its optimizer " +
                $"took {taken.Count}, of which {taken.Count(trainable.Contains)} are among those given. Give WithOptimizers a " +
                "factory that hands the parameters on as it got them.");
        }

        return optimizer;
    }

    private void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidGanException(_faults);
        }
    }
}
