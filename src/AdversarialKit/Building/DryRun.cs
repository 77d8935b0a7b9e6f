namespace AdversarialKit;

/// <summary>
/// Sends two latents through both networks before training starts, so that shapes which do not fit are told in words.
/// Leaves no trace: inference mode, copies of the buffers, torch's own randomness put back.
/// </summary>
internal sealed class DryRun(Network generator, Network discriminator, LatentSource latents, GanConfiguration configuration)
{
    private const int Count = 2;

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

        var condition = configuration.Classes is null ? null : zeros(Count, dtype: ScalarType.Int64, device: generator.Device);
        if (Call(generator, "samples", latent, condition, faults) is not { } samples
            || Call(discriminator, "logits", samples.Output, condition, faults) is not { } judged)
        {
            return ([], []);
        }

        faults.AddRange(new[] { AuxiliaryFault(judged.Auxiliary), ActivationFault(judged.Output), GradientFault(samples.Output, condition) }.OfType<string>());
        return (TailOf(samples.Output), TailOf(judged.Output));
    }

    private Tensor? Draw(Generator throwaway, List<string> faults)
    {
        try
        {
            return latents.Draw(Count, throwaway);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or System.Runtime.InteropServices.ExternalException)
        {
            faults.Add($"The latent {latents} cannot be drawn: {Text.FirstLine(error)}");
            return null;
        }
    }

    private static long[] TailOf(Tensor batch) => [.. batch.shape.Skip(1)];

    private static NetworkOutput? Call(Network network, string what, Tensor input, Tensor? condition, List<string> faults)
    {
        try
        {
            var output = Forward(network, input, condition);
            if (OutputFault(network, what, output.Output) is not { } fault)
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

    private static string? OutputFault(Network network, string what, Tensor output)
    {
        if (output.dim() == 0 || output.shape[0] != Count)
        {
            return $"The {network.Role} ({network.Module.GetType().Name}) made {what} of shape {Text.Shape(output)} out of a " +
                $"batch of {Count}; the first dimension must be the batch's.";
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
            : $"The discriminator's second output has the shape {Text.Shape(auxiliary)} for a batch of {Count}; it must be " +
                $"[{Count}, {expected}], one column per class or code variable.";
    }

    private string? ActivationFault(Tensor logits) =>
        configuration.Objective is { TakesProbabilities: true } && (logits.lt(0) | logits.gt(1)).any().ToBoolean()
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
