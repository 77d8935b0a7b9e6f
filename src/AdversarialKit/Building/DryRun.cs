namespace AdversarialKit;

/// <summary>
/// Sends two latents through both networks before training starts, so that shapes which do not fit are told in words.
/// Leaves no trace: inference mode, copies of the buffers, torch's own randomness put back.
/// </summary>
internal sealed class DryRun(Network generator, Network discriminator, LatentSource latents, GanConfiguration configuration)
{
    private readonly int _count = 2 * Math.Max(1, configuration.Packing);

    /// <summary>Runs the networks once.</summary>
    /// <param name="faults">Receives what was found to be wrong.</param>
    /// <returns>The shapes of one sample and of the discriminator's output for it; empty where a fault was found.</returns>
    public (IReadOnlyList<long> Sample, IReadOnlyList<long> Logits) Run(List<string> faults)
    {
        using var scope = NewDisposeScope();
        using var generatorMode = generator.InMode(training: false);
        using var discriminatorMode = discriminator.InMode(training: false);
        using var generatorBuffers = generator.IsolateBuffers();
        using var discriminatorBuffers = discriminator.IsolateBuffers();
        using var grad = enable_grad();
        var randomBefore = random.get_rng_state();
        try
        {
            return Check(faults);
        }
        finally
        {
            random.set_rng_state(randomBefore);
        }
    }

    private (IReadOnlyList<long> Sample, IReadOnlyList<long> Logits) Check(List<string> faults)
    {
        using var throwaway = new Generator(0);
        if (Draw(throwaway, faults) is not { } latent)
        {
            return ([], []);
        }

        var condition = TrialCondition(throwaway);
        if (Call(generator, "samples", latent, condition, _count, faults) is not { } samples
            || Call(discriminator, "logits", samples.Output, condition, _count / Math.Max(1, configuration.Packing), faults) is not { } judged)
        {
            return ([], []);
        }

        faults.AddRange(TermFaults(latent, condition, samples.Output, throwaway));
        faults.AddRange(new[] { AuxiliaryFault(judged.Auxiliary), ClassFault(judged.Output), ActivationFault(judged.Output), GradientFault(samples.Output, condition) }.OfType<string>());
        return (TailOf(samples.Output), TailOf(judged.Output));
    }

    private Tensor? TrialCondition(Generator random)
    {
        if (configuration.Condition is not { } declared)
        {
            return configuration.Classes is null ? null : zeros(_count, dtype: ScalarType.Int64, device: generator.Device);
        }

        long[] shape = [_count, .. declared.Shape];
        return declared.Type is { } type && type is not (ScalarType.Float32 or ScalarType.Float64)
            ? zeros(shape, dtype: type, device: generator.Device)
            : RandomTensors.Normal(shape, random, declared.Type ?? generator.ElementType, generator.Device);
    }

    private IEnumerable<string> TermFaults(Tensor latent, Tensor? condition, Tensor real, Generator random)
    {
        if (configuration.GeneratorTerms.Count == 0)
        {
            yield break;
        }

        using var recording = generator.RecordTrainable();
        var combined = new CombinedModel(generator, discriminator);
        var fakes = generator.Forward(latent, condition).Output;
        var context = TermContexts.Of(generator, combined, discriminator, latents, random, condition, condition, latent, real, fakes, combined.Judge(fakes, condition).Output);
        foreach (var use in configuration.GeneratorTerms)
        {
            if (TermFault(use, context) is { } fault)
            {
                yield return fault;
            }
        }
    }

    private static string? TermFault(GeneratorTermUse use, GeneratorTermContext context)
    {
        var before = (use.Term as IStateful)?.GetState();
        try
        {
            var value = use.Term.Compute(context);
            return value.dim() != 0
                ? $"The generator term '{use.Name}' gave a tensor of shape {Text.Shape(value)}; it must be a scalar. Take its mean()."
                : value.requires_grad ? null : $"The generator term '{use.Name}' is not connected to the generator. Compute it from the context's Fakes, without detach() or no_grad().";
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return $"The generator term '{use.Name}' cannot be computed for samples of shape {Text.Shape(context.Fakes)}: {Text.FirstLine(error)}";
        }
        finally
        {
            if (before is not null)
            {
                ((IStateful)use.Term).SetState(before);
                SafetensorsReader.DisposeAll(before.Values);
            }
        }
    }

    private Tensor? Draw(Generator throwaway, List<string> faults)
    {
        try
        {
            return latents.Draw(_count, throwaway);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or System.Runtime.InteropServices.ExternalException)
        {
            faults.Add($"The latent {latents} cannot be drawn: {Text.FirstLine(error)}");
            return null;
        }
    }

    private static long[] TailOf(Tensor batch) => [.. batch.shape.Skip(1)];

    private static NetworkOutput? Call(Network network, string what, Tensor input, Tensor? condition, int count, List<string> faults)
    {
        try
        {
            var output = Forward(network, input, condition);
            if (OutputFault(network, what, output.Output, count) is not { } fault)
            {
                return output;
            }

            faults.Add(fault);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            faults.Add($"The {network.Role} ({network.Module.GetType().Name}) does not accept an input of shape {Text.Shape(input)} and " +
                $"type {input.dtype}: {Text.FirstLine(error)}");
        }

        return null;
    }

    // Autograd refuses to have a leaf changed in place, whatever its values: so a network that changes its input is known.
    private static NetworkOutput Forward(Network network, Tensor input, Tensor? condition)
    {
        if (input.is_floating_point())
        {
            try
            {
                var recorded = network.Forward(input.detach().clone().requires_grad_(true), condition);
                return new NetworkOutput(recorded.Output.detach(), recorded.Auxiliary?.detach());
            }
            catch (System.Runtime.InteropServices.ExternalException error) when (error.Message.Contains("leaf Variable", StringComparison.Ordinal))
            {
                network.ChangesItsInput = true;
            }
        }

        using var noGraph = no_grad();
        return network.Forward(input, condition);
    }

    private static string? OutputFault(Network network, string what, Tensor output, int count)
    {
        if (output.dim() == 0 || output.shape[0] != count)
        {
            return $"The {network.Role} ({network.Module.GetType().Name}) made {what} of shape {Text.Shape(output)} out of a " +
                $"batch of {count}; the first dimension must be the batch's.";
        }

        return output.isfinite().all().ToBoolean()
            ? null
            : $"The {network.Role} ({network.Module.GetType().Name}) made {what} that are not finite numbers. " +
                "Check how its parameters are initialised.";
    }

    private string? AuxiliaryFault(Tensor? auxiliary)
    {
        var expected = configuration.ClassifierWeight is not null ? configuration.Classes : configuration.Code?.Size;
        return expected is null || auxiliary is null || (auxiliary.dim() == 2 && auxiliary.shape[1] == expected)
            ? null
            : $"The discriminator's second output has the shape {Text.Shape(auxiliary)} for a batch of {_count}; it must be " +
                $"[{_count}, {expected}], one column per class or code variable.";
    }

    // The last class shows whether the discriminator has an output for each.
    private string? ClassFault(Tensor outputs)
    {
        if (configuration.Objective is not { NamesClasses: true } objective || configuration.Classes is null)
        {
            return null;
        }

        try
        {
            using var last = (configuration.Classes!.Value - 1).ToScalar();
            objective.DiscriminatorReal(outputs, full(_count, last, dtype: ScalarType.Int64, device: outputs.device));
            return null;
        }
        catch (ArgumentException error)
        {
            return $"The discriminator's output of shape {Text.Shape(outputs)} does not fit the loss {objective} for {configuration.Classes} classes: {Text.FirstLine(error)}";
        }
    }

    private string? ActivationFault(Tensor logits) =>
        configuration.Objective is { TakesProbabilities: true } && (logits.lt(Constant.Zero) | logits.gt(Constant.One)).any().ToBoolean()
            ? $"The loss {configuration.Objective} takes probabilities from 0 to 1, but the discriminator returned others. End it in a " +
                "sigmoid, or call WithLoss(AdversarialLoss.NonSaturating())."
            : null;

    private string? GradientFault(Tensor samples, Tensor? condition)
    {
        if (!configuration.Penalties.Exists(term => term.Penalty.NeedsIndependentSamples))
        {
            return null;
        }

        try
        {
            using var recording = discriminator.RecordTrainable();
            DiscriminatorGradient.Probe(points => discriminator.Forward(points, condition).Output, samples);
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            return error.Message;
        }
    }
}
