namespace AdversarialKit;

/// <content>Of a GAN in this process.</content>
public sealed partial class GanSampler
{
    /// <summary>Serves a copy of a GAN's generator, with the averaged weights where it has them: the GAN may go on training. A reload copies anew.</summary>
    /// <param name="gan">The GAN; remains the caller's, and is only read. Once it is disposed, the sampler goes on, and reloads fail.</param>
    /// <param name="generator">Makes a module of the generator's build. Called twice, in this call and on another thread, while the GAN waits; the sampler disposes what it made.</param>
    /// <param name="options">How the sampler works; null: as <see cref="GanSamplerOptions"/> says.</param>
    /// <returns>The sampler, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The module is not of the same build, or an option out of range.</exception>
    /// <exception cref="InvalidOperationException">The generator makes samples that are not finite, or other ones when called again.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public static GanSampler FromGan(Gan gan, Func<nn.Module<Tensor, Tensor>> generator, GanSamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gan);
        ArgumentNullException.ThrowIfNull(generator);
        var ofCondition = gan.Parts.Latents.Latent is NoLatent;
        return Start(PlanOf(gan, () => ofCondition ? SampledNetwork.OfCondition(generator()) : SampledNetwork.Of(generator()), ofCondition), new GanWeightsSource(gan), options);
    }

    /// <summary>Serves a copy of a conditional GAN's generator, with the averaged weights where it has them: the GAN may go on training. A reload copies anew.</summary>
    /// <param name="gan">The GAN; remains the caller's, and is only read. Once it is disposed, the sampler goes on, and reloads fail.</param>
    /// <param name="generator">Makes a module of the generator's build. Called twice, in this call and on another thread, while the GAN waits; the sampler disposes what it made.</param>
    /// <param name="options">How the sampler works; null: as <see cref="GanSamplerOptions"/> says.</param>
    /// <returns>The sampler, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The module is not of the same build, or an option out of range.</exception>
    /// <exception cref="InvalidOperationException">The generator makes samples that are not finite, or other ones when called again.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public static GanSampler FromGan(Gan gan, Func<nn.Module<Tensor, Tensor, Tensor>> generator, GanSamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gan);
        ArgumentNullException.ThrowIfNull(generator);
        return Start(PlanOf(gan, () => SampledNetwork.Of(generator()), takesCondition: true), new GanWeightsSource(gan), options);
    }

    private static SamplerPlan PlanOf(Gan gan, Func<SampledNetwork> make, bool takesCondition)
    {
        var check = gan.Parts.BatchCheck;
        var plan = new SamplerPlan(make, gan.Parts.Latents.Latent) { Classes = check.Classes, Condition = check.Condition };
        return plan.IsConditional == takesCondition ? plan : throw new ArgumentException(
            plan.IsConditional
                ? "The function makes a module of latents alone, but this GAN's generator takes a condition too: return a module of two tensors."
                : "The function makes a module of latents and a condition, but this GAN's generator takes latents alone: return a module of one tensor.");
    }
}
