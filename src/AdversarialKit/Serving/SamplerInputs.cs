namespace AdversarialKit;

/// <summary>Latents and conditions of requests, checked before native code sees them.</summary>
internal sealed class SamplerInputs(SamplerPlan plan, SampledNetwork network)
{
    // Truncation's latents are the same in every process.
    private const ulong FixedSeed = 0x5741;

    /// <summary>Draws latents of a network's type on its device; without randomness always the same.</summary>
    public static Tensor Draw(ILatent latent, long count, Generator? random, SampledNetwork network)
    {
        using var own = random is null ? new Generator(FixedSeed) : null;
        var drawn = latent.Sample(count, random ?? own!, network.ElementType, network.Device);
        return BatchShape.Fits(drawn, latent.Shape) && drawn.size(0) == count
            ? drawn
            : throw new InvalidOperationException(
                $"The latent {latent} drew a batch of shape {Text.Shape(drawn)}; asked for {count}, it must return {Text.Sizes(latent.Shape.Prepend(count))}.");
    }

    /// <summary>Whether psi may be other than 1.</summary>
    public bool Truncates => network.Styles is not null && plan.Condition is null;

    /// <summary>A copy on the generator's device, so that the caller may do with its own what it likes.</summary>
    public Tensor CopyOf(Tensor given)
    {
        using var detached = given.detach();
        return detached.to(network.Device, copy: true);
    }

    public Tensor Draw(long count, long seed)
    {
        using var random = new Generator(unchecked((ulong)seed));
        return Draw(plan.Latent, count, random, network);
    }

    public void CheckLatents(Tensor latents)
    {
        if (!BatchShape.Fits(latents, plan.Latent.Shape) || latents.size(0) < 1)
        {
            throw new ArgumentException(
                $"The latents have the shape {Text.Shape(latents)}, but the sampler's latent is {plan.Latent}: they must be " +
                $"[N, {string.Join(", ", plan.Latent.Shape)}] with N of at least 1.",
                nameof(latents));
        }

        if (latents.dtype != network.ElementType)
        {
            throw new ArgumentException(
                $"The latents are of type {latents.dtype}, but the generator computes in {network.ElementType}. Draw them with DrawLatents, or convert them with to(...).",
                nameof(latents));
        }
    }

    /// <summary>Checks a condition before anything is drawn for it.</summary>
    public void CheckCondition(Tensor? condition, long count)
    {
        if (!plan.IsConditional)
        {
            if (condition is not null)
            {
                throw new ArgumentException("A condition was given, but the sampler's generator takes latents alone.", nameof(condition));
            }

            return;
        }

        var (type, shape) = plan.Condition is { } declared
            ? (declared.Type ?? network.ElementType, declared.Shape)
            : (ScalarType.Int64, []);
        if (condition is null || condition.dtype != type || !BatchShape.Fits(condition, shape) || condition.size(0) != count)
        {
            var given = condition is null ? "none" : $"{condition.dtype} {Text.Shape(condition)}";
            throw new ArgumentException(
                $"The sampler's generator needs one {(plan.Classes is null ? "condition" : "label")} per sample, {type} {Text.Sizes(shape.Prepend(count))}, but the condition is {given}.",
                nameof(condition));
        }

        if (plan.Classes is { } classes)
        {
            CheckRange(condition, classes);
        }
    }

    public void CheckPsi(double psi)
    {
        if (!double.IsFinite(psi))
        {
            throw new ArgumentOutOfRangeException(
                nameof(psi), $"Psi is {Text.Number(psi)}; it must be a finite number. 1 leaves styles as they are, 0 makes all of them the mean style.");
        }

        if (psi != 1 && network.Styles is null)
        {
            throw new ArgumentException(
                $"Psi is {Text.Number(psi)}, but {network.Module.GetType().Name} has no mean style to go to. Leave psi at 1, or let the generator implement {nameof(IStyleGenerator)}.",
                nameof(psi));
        }

        if (psi != 1 && plan.Condition is not null)
        {
            throw new ArgumentException(
                $"Psi is {Text.Number(psi)}, but styles have a mean for class labels or without a condition only. Leave psi at 1.", nameof(psi));
        }
    }

    private static void CheckRange(Tensor condition, int classes)
    {
        using var scope = NewDisposeScope();
        var range = stack([condition.min(), condition.max()]).cpu().data<long>();
        if (range[0] < 0 || range[1] >= classes)
        {
            throw new ArgumentException(
                $"The labels run from {range[0]} to {range[1]}, but the generator has {classes} classes: 0 to {classes - 1} are allowed.", nameof(condition));
        }
    }
}
