namespace AdversarialKit;

/// <summary>What is tried on a generator before it serves. To be called on a thread of <see cref="TorchThread"/>.</summary>
internal static class GeneratorTrial
{
    // Styles that go to their mean pass through other code.
    private const double Truncated = 0.5;

    /// <summary>Whether the generator can serve, and in which batches.</summary>
    public static BatchSizes Measure(ServedGenerator generator, SamplerPlan plan, int largest)
    {
        Check(generator, plan);
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var (latents, condition) = plan.Examples(largest, generator.Network);
        var whole = BatchSizes.Try(rows => Make(generator, latents, condition, rows, 1), largest);
        return Truncates(generator, plan)
            ? whole.And(BatchSizes.Try(rows => Make(generator, latents, condition, rows, Truncated), largest))
            : whole;
    }

    /// <summary>Whether the generator can serve: gives finite samples, and the same ones again.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public static bool Check(ServedGenerator generator, SamplerPlan plan)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var (latents, condition) = plan.Examples(4, generator.Network);
        var first = Make(generator, latents, condition, [0, 1, 2, 3], 1);
        if (first.dim() < 1 || first.size(0) != 4)
        {
            throw new InvalidOperationException($"The generator made {Text.Shape(first)} of 4 latents; it must return [4, ...].");
        }

        if (!first.isfinite().all().ToBoolean())
        {
            throw new InvalidOperationException(
                $"The generator of iteration {generator.Origin.Iteration} makes samples that are not finite numbers, so it was not taken. Find out where its training diverged.");
        }

        return BatchSizes.Same(Make(generator, latents, condition, [0, 1, 2, 3], 1), first) ? true : throw new InvalidOperationException(
            $"The generator {generator.Network.Module.GetType().Name} makes other samples of the same latents when it is called again: it draws random numbers in inference mode, " +
            "or keeps something from one call to the next. A sampler promises the same samples for the same seed. Draw in training mode only, or make the numbers part of the latents.");
    }

    private static bool Truncates(ServedGenerator generator, SamplerPlan plan) => generator.Network.Styles is not null && plan.Condition is null;

    private static Tensor Make(ServedGenerator generator, Tensor latents, Tensor? condition, long[] rows, double psi)
    {
        using var index = tensor(rows).to(latents.device);
        using var random = new Generator(0);
        using var lent = SharedDraws.Lend(random);
        return generator.Make(latents.index_select(0, index), condition?.index_select(0, index), psi);
    }
}
