namespace AdversarialKit;

/// <summary>
/// Sends two latents through both networks before training starts, so that shapes which do not fit are told in words.
/// Leaves no trace: inference mode, no graph, copies of the buffers, torch's own randomness put back.
/// </summary>
internal sealed class DryRun(Network generator, Network discriminator, LatentSource latents, int? classes)
{
    private const int Count = 2;

    /// <summary>Runs the networks once.</summary>
    /// <returns>The shape of one sample, and the faults found.</returns>
    public (IReadOnlyList<long> SampleShape, List<string> Faults) Run()
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        using var generatorMode = generator.InMode(training: false);
        using var discriminatorMode = discriminator.InMode(training: false);
        using var generatorBuffers = generator.IsolateBuffers();
        using var discriminatorBuffers = discriminator.IsolateBuffers();
        var randomBefore = random.get_rng_state();
        try
        {
            return Check();
        }
        finally
        {
            random.set_rng_state(randomBefore);
        }
    }

    private (IReadOnlyList<long> SampleShape, List<string> Faults) Check()
    {
        using var throwaway = new Generator(0);
        var latent = latents.Draw(Count, throwaway);
        var condition = classes is null ? null : zeros(Count, dtype: ScalarType.Int64, device: generator.Device);
        var (samples, fault) = Call(generator, latent, condition);
        if (samples is null)
        {
            return ([], [fault!]);
        }

        fault = OutputFault(generator, "samples", samples);
        if (fault is not null)
        {
            return ([], [fault]);
        }

        (var logits, fault) = Call(discriminator, samples, condition);
        fault ??= OutputFault(discriminator, "logits", logits!);
        return ([.. samples.shape.Skip(1)], fault is null ? [] : [fault]);
    }

    private static (Tensor? Output, string? Fault) Call(Network network, Tensor input, Tensor? condition)
    {
        try
        {
            return (network.Forward(input, condition).Output, null);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return (null, $"The {network.Role} ({network.Module.GetName()}) does not accept an input of shape " +
                $"{Text.Shape(input)} and type {input.dtype}: {Text.FirstLine(error)}");
        }
    }

    private static string? OutputFault(Network network, string what, Tensor output)
    {
        if (output.dim() == 0 || output.shape[0] != Count)
        {
            return $"The {network.Role} ({network.Module.GetName()}) made {what} of shape {Text.Shape(output)} out of a " +
                $"batch of {Count}; the first dimension must be the batch's.";
        }

        return output.isfinite().all().ToBoolean()
            ? null
            : $"The {network.Role} ({network.Module.GetName()}) made {what} that are not finite numbers. " +
                "Check how its parameters are initialised.";
    }
}
