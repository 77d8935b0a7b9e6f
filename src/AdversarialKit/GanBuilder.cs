using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdversarialKit;

/// <summary>Configures a GAN by fluent calls and builds it once.</summary>
/// <remarks>
/// Needed: <c>WithGenerator</c>, <c>WithDiscriminator</c>, <see cref="WithLatent"/>, <c>WithLoss</c> and
/// <c>WithOptimizers</c>. A later call replaces an earlier one of the same name, but <see cref="WithPenalty"/> adds. The
/// modules stay the caller's; the GAN never disposes them.
/// </remarks>
public sealed class GanBuilder
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

    /// <summary>The distribution of the generator's input.</summary>
    /// <param name="latent">For example <see cref="Latent.Normal"/>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithLatent(ILatent latent)
    {
        ArgumentNullException.ThrowIfNull(latent);
        return Set(c => c.Latent = latent);
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
    /// <param name="loss">The loss.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithLoss(IRelativisticLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Set(c => c.Objective = new Objective(loss));
    }

    /// <summary>Adds a penalty to the discriminator's loss.</summary>
    /// <param name="penalty">The penalty. If it is <see cref="IDisposable"/>, it stays the caller's to dispose.</param>
    /// <param name="weight">Its weight, above 0.</param>
    /// <param name="interval">
    /// It is computed at every so many discriminator steps, and then weighs so many times as much (lazy regularization).
    /// Default: 1, at every step.
    /// </param>
    /// <returns>This builder.</returns>
    public GanBuilder WithPenalty(IDiscriminatorPenalty penalty, double weight, int interval = 1)
    {
        ArgumentNullException.ThrowIfNull(penalty);
        return Set(c => c.Penalties.Add(new PenaltyTerm(penalty, weight, interval)));
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

    /// <summary>How many discriminator steps an iteration makes before its generator step, each on a real batch of its own.</summary>
    /// <param name="steps">At least 1. Default: 1.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithDiscriminatorSteps(int steps) => Set(c => c.DiscriminatorSteps = steps);

    /// <summary>How a discriminator step updates.</summary>
    /// <param name="update">Default: <see cref="DiscriminatorUpdate.Joint"/>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithDiscriminatorUpdate(DiscriminatorUpdate update) => Set(c => c.Update = update);

    /// <summary>In which mode the generator makes the fakes for the discriminator.</summary>
    /// <param name="mode">Default: <see cref="FakeMode.Training"/>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithFakes(FakeMode mode) => Set(c => c.Fakes = mode);

    /// <summary>Makes the GAN class-conditional: batches carry labels, and both networks may take them.</summary>
    /// <param name="classes">The number of classes, at least 2; labels run from 0 to <paramref name="classes"/> - 1.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithClassLabels(int classes) => Set(c => c.Classes = classes);

    /// <summary>The device to which <see cref="Build"/> moves both modules.</summary>
    /// <param name="device">Default: both stay where they are.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithDevice(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Set(c => c.Device = device);
    }

    /// <summary>
    /// The seed of all that the library draws: latents, penalties, augmentations, samples. Initial weights and dropout come
    /// from torch's own generator, which <c>torch.manual_seed</c> seeds.
    /// </summary>
    /// <param name="seed">Any number. Default: a different one each time; the built GAN tells it.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithSeed(long seed) => Set(c => c.Seed = seed);

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
    /// <exception cref="InvalidOperationException">This builder has built a GAN already.</exception>
    public Gan Build()
    {
        if (_built)
        {
            throw new InvalidOperationException(
                "This builder has built its GAN already. Make a new GanBuilder for another one.");
        }

        var gan = new GanAssembly(_configuration).Assemble(_loggerFactory.CreateLogger<Gan>());
        _built = true;
        return gan;
    }

    private GanBuilder Set(Action<GanConfiguration> change)
    {
        change(_configuration);
        return this;
    }
}
