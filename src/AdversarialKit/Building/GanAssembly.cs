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
        var generator = Compile(configuration.Generator!);
        var discriminator = Compile(configuration.Discriminator!);
        var discriminatorOptimizer = MakeOptimizer(configuration.DiscriminatorOptimizer, discriminator);
        var generatorOptimizer = MakeOptimizer(configuration.GeneratorOptimizer, generator);
        if (unrecordable.Count > 0 || (_faults.Count > 0 && !CanRunDry(generator, discriminator)))
        {
            throw new InvalidGanException(_faults);
        }

        var latents = new LatentSource(CompleteLatent(), generator);
        var shapes = new DryRun(generator, discriminator, latents, configuration).Run(_faults);
        ThrowIfFaulty();

        var average = configuration.Average is { } options ? Own(new GeneratorAverage(generator.Module, options)) : null;
        var seed = configuration.Seed ?? Random.Shared.NextInt64();
        var parts = new GanParts
        {
            Generator = generator,
            Discriminator = discriminator,
            Latents = latents,
            Objective = configuration.Objective!,
            Penalties = [.. configuration.Penalties],
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
            Random = new Generator(unchecked((ulong)seed)),
            SamplingRandom = new Generator(unchecked((ulong)seed + 1)),
            BatchCheck = new BatchCheck(shapes.Sample, generator, discriminator, configuration.Classes, configuration.MicroBatches),
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
        && configuration.Code is not { IsValid: false }
        && (configuration.Code is null || configuration.Latent.Shape.Count == 1)
        && (configuration.Classes >= 1 || configuration is { Classes: null, Generator.IsConditional: false, Discriminator.IsConditional: false })
        && generator.Device.ToString() == discriminator.Device.ToString();

    private ILatent CompleteLatent() => configuration.Code is { } code
        ? new CodedLatent(configuration.Latent!, code)
        : configuration.Latent!;

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

    private optim.Optimizer? MakeOptimizer(OptimizerFactory? factory, Network network)
    {
        if (factory is null || network.Trainable.Length == 0)
        {
            return null;
        }

        var optimizer = factory(Array.AsReadOnly(network.Trainable));
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
        if (!taken.SetEquals(network.Trainable))
        {
            _faults.Add($"The optimizer factory of the {network.Role} was given {network.Trainable.Length} parameters and its optimizer " +
                $"took {taken.Count}, of which {taken.Count(network.Trainable.Contains)} are among those given. Give WithOptimizers a " +
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
