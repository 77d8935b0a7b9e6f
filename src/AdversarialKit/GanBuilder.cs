using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdversarialKit;

/// <summary>Configures a GAN by fluent calls and builds it once.</summary>
/// <remarks>
/// Needed: <c>WithGenerator</c>, <c>WithDiscriminator</c>, <see cref="WithLatent"/>, <c>WithLoss</c> and
/// <c>WithOptimizers</c>. A later call replaces an earlier one of the same name, but <see cref="WithPenalty"/> adds. The
/// modules stay the caller's; penalties, augmentations and losses that are <see cref="IDisposable"/> go with the built GAN.
/// </remarks>
public sealed partial class GanBuilder
{
    private readonly GanConfiguration _configuration = new();
    private ILoggerFactory _loggerFactory = NullLoggerFactory.Instance;
    private bool _built;

    /// <summary>The generator: latents <c>[N, ..latent]</c> to samples <c>[N, ...]</c>.</summary>
    /// <param name="generator">Remains the caller's.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithGenerator(nn.Module<Tensor, Tensor> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return Set(c => c.Generator = NetworkPlan.Of("generator", generator));
    }

    /// <summary>A conditional generator: latents <c>[N, ..latent]</c> and class labels <c>[N]</c> (Int64) to samples <c>[N, ...]</c>.</summary>
    /// <param name="generator">Remains the caller's.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithGenerator(nn.Module<Tensor, Tensor, Tensor> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return Set(c => c.Generator = NetworkPlan.Of("generator", generator));
    }

    /// <summary>The discriminator: samples <c>[N, ...]</c> to logits <c>[N, 1]</c>, or <c>[N, 1, H, W]</c> for patches.</summary>
    /// <param name="discriminator">Remains the caller's.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithDiscriminator(nn.Module<Tensor, Tensor> discriminator)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        return Set(c => c.Discriminator = NetworkPlan.Of("discriminator", discriminator));
    }

    /// <summary>A conditional discriminator: samples <c>[N, ...]</c> and class labels <c>[N]</c> (Int64) to logits <c>[N, 1]</c>.</summary>
    /// <param name="discriminator">Remains the caller's.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithDiscriminator(nn.Module<Tensor, Tensor, Tensor> discriminator)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        return Set(c => c.Discriminator = NetworkPlan.Of("discriminator", discriminator));
    }

    /// <summary>
    /// A discriminator with a second output: logits <c>[N, 1]</c>, and class logits <c>[N, classes]</c> for
    /// <see cref="WithClassifier"/> or an estimate <c>[N, code]</c> for <see cref="WithLatentCode"/>.
    /// </summary>
    /// <param name="discriminator">Remains the caller's.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithDiscriminator(nn.Module<Tensor, (Tensor, Tensor)> discriminator)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        return Set(c => c.Discriminator = NetworkPlan.Of("discriminator", discriminator));
    }

    /// <summary>A conditional discriminator with a second output.</summary>
    /// <param name="discriminator">Remains the caller's.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithDiscriminator(nn.Module<Tensor, Tensor, (Tensor, Tensor)> discriminator)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        return Set(c => c.Discriminator = NetworkPlan.Of("discriminator", discriminator));
    }

    /// <summary>The distribution of the generator's input.</summary>
    /// <param name="latent">For example <see cref="Latent.Normal"/>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithLatent(ILatent latent)
    {
        ArgumentNullException.ThrowIfNull(latent);
        return Set(c => (c.Latent, c.HasNoLatent) = (latent, false));
    }

    /// <summary>The adversarial loss of both steps.</summary>
    /// <param name="loss">For example <see cref="AdversarialLoss.NonSaturating"/>, or one of your own.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithLoss(IAdversarialLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Set(c => c.Objective = new Objective(loss));
    }

    /// <summary>A relativistic loss, which compares real with fake logits in both steps.</summary>
    /// <param name="loss">For example <see cref="AdversarialLoss.RelativisticPaired"/>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithLoss(IRelativisticLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Set(c => c.Objective = new Objective(loss));
    }

    /// <summary>A loss whose discriminator names classes; needs <see cref="WithClassLabels"/>.</summary>
    /// <param name="loss">For example <see cref="AdversarialLoss.MultiClassHinge"/>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithLoss(IClassLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Set(c => c.Objective = new Objective(loss));
    }

    /// <summary>One kind of optimizer for both networks, each with an optimizer of its own.</summary>
    /// <param name="both">Called once for the discriminator, then once for the generator.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithOptimizers(OptimizerFactory both) => WithOptimizers(both, both);

    /// <summary>An optimizer for each network (two time-scale update rule).</summary>
    /// <param name="discriminator">Makes the discriminator's optimizer.</param>
    /// <param name="generator">Makes the generator's optimizer.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithOptimizers(OptimizerFactory discriminator, OptimizerFactory generator)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(generator);
        return Set(c => (c.DiscriminatorOptimizer, c.GeneratorOptimizer) = (discriminator, generator));
    }

    /// <summary>Applies a set of calls, such as those of <see cref="Preset"/>. Later calls override what it set.</summary>
    /// <param name="preset">Calls this builder's methods.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithPreset(Action<GanBuilder> preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        preset(this);
        return this;
    }

    /// <summary>Where the GAN logs to.</summary>
    /// <param name="loggerFactory">Default: nowhere.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithLogger(ILoggerFactory loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(loggerFactory);
        _loggerFactory = loggerFactory;
        return this;
    }

    /// <summary>
    /// Checks the configuration, moves the modules to their device, takes the snapshot of what each step may move, makes the
    /// optimizers, and sends two latents through both networks to check shapes.
    /// </summary>
    /// <returns>The GAN, which the caller disposes before the modules.</returns>
    /// <exception cref="InvalidGanException">The configuration is faulty; the message lists every fault.</exception>
    /// <exception cref="CollectiveException">The ranks were not built alike, or another one could not be built.</exception>
    /// <exception cref="InvalidOperationException">This builder has built a GAN already.</exception>
    /// <exception cref="DllNotFoundException">TorchSharp's native library cannot be loaded; the message names the true cause.</exception>
    public Gan Build()
    {
        var team = _configuration.Team;
        var logger = TeamAssembly.Logger<Gan>(team, _loggerFactory);
        NativeTorch.EnsureLoaded(logger);
        if (_built)
        {
            throw new InvalidOperationException(
                "This builder has built its GAN already. Make a new GanBuilder for another one.");
        }

        _configuration.Seed = TeamAssembly.Seed(team, _configuration.Seed);
        TeamAssembly.CompareDevices(team, _configuration.Device?.ToString() ?? _configuration.DeviceName, _configuration.Generator?.Module);
        var gan = TeamAssembly.Build(team, "GAN", () => new GanAssembly(_configuration).Assemble(logger), built => built.System);
        _built = true;
        return gan;
    }

    private GanBuilder Set(Action<GanConfiguration> change)
    {
        change(_configuration);
        return this;
    }
}
