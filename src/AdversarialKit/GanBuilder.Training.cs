namespace AdversarialKit;

/// <content>What may be configured beyond the necessary.</content>
public sealed partial class GanBuilder
{
    /// <summary>Adds a penalty to the discriminator's loss.</summary>
    /// <param name="penalty">For example <see cref="Penalty.R1"/>.</param>
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

    /// <summary>
    /// Splits each batch over several forward and backward passes before one update: the memory of a small batch with the
    /// gradient of a large one. Equal to it within rounding where no layer and no loss mixes the samples of a batch.
    /// </summary>
    /// <param name="microBatches">Passes per update, at least 1. Default: 1.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithGradientAccumulation(int microBatches) => Set(c => c.MicroBatches = microBatches);

    /// <summary>Bounds the gradients of both networks before each update.</summary>
    /// <param name="clipping">For example <see cref="Clip.Norm"/>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithGradientClipping(GradientClipping clipping)
    {
        ArgumentNullException.ThrowIfNull(clipping);
        return Set(c => c.Clipping = clipping);
    }

    /// <summary>Measures the gradient norm of both networks at each step, for <see cref="StepResult"/>.</summary>
    /// <returns>This builder.</returns>
    public GanBuilder WithGradientNorms() => Set(c => c.MeasuresNorms = true);

    /// <summary>
    /// Clamps each discriminator weight into [-limit, limit] after each of its updates (Arjovsky et al. 2017, "Wasserstein
    /// GAN", algorithm 1, which takes 0.01).
    /// </summary>
    /// <param name="limit">Above 0.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithWeightClipping(double limit) => Set(c => c.WeightLimit = limit);

    /// <summary>Averages the generator's weights; samples then come from the average.</summary>
    /// <param name="average">For example <see cref="Ema.Decay"/>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithGeneratorAverage(EmaOptions average)
    {
        ArgumentNullException.ThrowIfNull(average);
        return Set(c => c.Average = average);
    }

    /// <summary>Lets the learning rates follow a schedule, each as a factor of its optimizer's own rate.</summary>
    /// <param name="discriminator">The discriminator's.</param>
    /// <param name="generator">The generator's.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithLearningRates(LearningRateSchedule discriminator, LearningRateSchedule generator)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(generator);
        return Set(c => (c.DiscriminatorSchedule, c.GeneratorSchedule) = (discriminator, generator));
    }

    /// <summary>Augments what the discriminator sees, real samples and fakes alike, in both steps.</summary>
    /// <param name="augmentation">For example <see cref="Augmentation.DiffAugment"/>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithAugmentation(IAugmentation augmentation)
    {
        ArgumentNullException.ThrowIfNull(augmentation);
        return Set(c => c.Augmentation = augmentation);
    }

    /// <summary>Makes the GAN class-conditional: batches carry labels, and both networks may take them.</summary>
    /// <param name="classes">The number of classes, at least 2; labels run from 0 to <paramref name="classes"/> - 1.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithClassLabels(int classes) => Set(c => c.Classes = classes);

    /// <summary>
    /// Trains the discriminator's second output to name the class, and the generator to be recognised (AC-GAN). Needs
    /// <see cref="WithClassLabels"/>.
    /// </summary>
    /// <param name="weight">Weight of the classification loss, above 0. Default: 1.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithClassifier(double weight = 1) => Set(c => c.ClassifierWeight = weight);

    /// <summary>
    /// Appends a code to the latent and trains the discriminator's second output to tell it from the samples (InfoGAN). The
    /// generator then takes latents <c>[N, latent + categories + continuous]</c>: noise, one-hot category, continuous
    /// variables in [-1, 1].
    /// </summary>
    /// <param name="categories">Categories of the one categorical variable; 0 for none.</param>
    /// <param name="continuous">Number of continuous variables; 0 for none.</param>
    /// <param name="weight">Weight of the mutual information, above 0. Default: 1.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithLatentCode(int categories, int continuous, double weight = 1) =>
        Set(c => (c.Code, c.CodeWeight) = (new LatentCode(categories, continuous), weight));

    /// <summary>In which type the networks compute in training. Samples are made in the weights' type either way.</summary>
    /// <param name="precision">Default: <see cref="ComputePrecision.Full"/>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithComputePrecision(ComputePrecision precision) => Set(c => c.Precision = precision);

    /// <summary>The device to which <see cref="Build"/> moves both modules; one that torch cannot use here is one of its faults.</summary>
    /// <param name="device">Default: both stay where they are.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithDevice(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Set(c => (c.Device, c.DeviceName) = (device, null));
    }

    /// <summary>The same by the device's name; one that names none is a fault of <see cref="Build"/>.</summary>
    /// <param name="device">Such as <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>mps</c>.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithDevice(string device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Set(c => (c.Device, c.DeviceName) = (null, device));
    }

    /// <summary>
    /// The seed of all that the library draws: latents, penalties, augmentations, samples. Initial weights and dropout come
    /// from torch's own generator, which <c>torch.manual_seed</c> seeds.
    /// </summary>
    /// <param name="seed">Any number. Default: a different one each time; <see cref="Gan.Seed"/> tells it.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithSeed(long seed) => Set(c => c.Seed = seed);

    /// <summary>
    /// Makes this process one rank of several that train one GAN: each takes a part of every batch, and the gradients of a step are averaged
    /// over all ranks before they are clipped, measured and applied. n ranks with batches of b give what one process gives with batches
    /// of n b, to rounding. See <c>docs/distributed.md</c>.
    /// </summary>
    /// <param name="collective">
    /// The ranks, such as <c>Collective.FromEnvironment()</c> of the package AdversarialKit.Distributed finds them; one of size 1 changes nothing.
    /// Remains the caller's, who disposes it after the GAN.
    /// </param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// <see cref="Build"/>, <c>TrainStep</c>, <c>Fit</c>, <c>SaveCheckpoint</c> and <c>LoadCheckpoint</c> are then called on every rank alike.
    /// Rank 0 writes checkpoints and logs, and it alone calls callbacks.
    /// </remarks>
    public GanBuilder WithCollective(ICollective collective)
    {
        ArgumentNullException.ThrowIfNull(collective);
        return Set(c => c.Team = Team.Of(collective));
    }
}
