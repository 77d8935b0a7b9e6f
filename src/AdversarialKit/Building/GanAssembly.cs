using Microsoft.Extensions.Logging;
using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Turns a configuration into a GAN, or into the list of its faults.</summary>
internal sealed class GanAssembly(GanConfiguration configuration)
{
    private readonly List<string> _faults = ConfigurationFaults.Find(configuration);
    private readonly List<IDisposable> _made = [];

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
        // With faults, only what can still be looked at without touching anything is looked at.
        if (_faults.Count > 0 && (configuration.Device is not null || configuration.Generator is null || configuration.Discriminator is null))
        {
            throw new InvalidGanException(_faults);
        }

        var generator = Compile(configuration.Generator!);
        var discriminator = Compile(configuration.Discriminator!);
        var discriminatorOptimizer = MakeOptimizer(configuration.DiscriminatorOptimizer, discriminator);
        var generatorOptimizer = MakeOptimizer(configuration.GeneratorOptimizer, generator);
        ThrowIfFaulty();

        var latents = new LatentSource(configuration.Latent!, generator);
        var (sampleShape, faults) = new DryRun(generator, discriminator, latents, configuration.Classes).Run();
        _faults.AddRange(faults);
        ThrowIfFaulty();

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
            DiscriminatorOptimizer = discriminatorOptimizer!,
            GeneratorOptimizer = generatorOptimizer!,
            Random = new Generator(unchecked((ulong)seed)),
            SamplingRandom = new Generator(unchecked((ulong)seed + 1)),
            BatchCheck = new BatchCheck(sampleShape, generator, discriminator, configuration.Classes),
        };
        return new Gan(parts, logger);
    }

    private Network Compile(NetworkPlan plan)
    {
        if (configuration.Device is { } device)
        {
            plan.Module.to(device);
        }

        return new Network(plan.Role, plan.Module, plan.Forward);
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

        _made.Add(optimizer);
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
