namespace AdversarialKit;

/// <summary>
/// Augmentations of what the discriminator sees: real samples and fakes alike, in both steps, so that the generator
/// never learns to make augmented images.
/// </summary>
public static class Augmentation
{
    /// <summary>
    /// DiffAugment (Zhao et al. 2020, https://arxiv.org/abs/2006.10738): every image is changed, each with draws of its own.
    /// </summary>
    /// <param name="policies">Which changes. Default: all.</param>
    /// <param name="translationRatio">The largest shift as a share of height and width. From 0 to 1. Default: 0.125.</param>
    /// <param name="cutoutRatio">Height and width of the rectangle as shares of the image's. From 0 to 1. Default: 0.5.</param>
    /// <returns>An augmentation of floating-point images [N, C, H, W], meant for values from -1 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A ratio is outside its range, or <paramref name="policies"/> is none or holds an undefined flag.
    /// </exception>
    public static IAugmentation DiffAugment(
        DiffAugmentPolicy policies = DiffAugmentPolicy.All, double translationRatio = 0.125, double cutoutRatio = 0.5) =>
        new DiffAugmentation(Pipeline(policies, translationRatio, cutoutRatio));

    /// <summary>
    /// Adaptive discriminator augmentation (ADA; Karras et al. 2020, "Training Generative Adversarial Networks with
    /// Limited Data", section 3, https://arxiv.org/abs/2006.06676) over the changes of DiffAugment: each change hits each
    /// image with probability <c>p</c>, which follows how far the discriminator overfits.
    /// </summary>
    /// <param name="policies">Which changes. Default: all.</param>
    /// <param name="target">
    /// Mean sign of the real logits, <c>r_t</c>, to be held. From -1 to 1. Default: 0.6, as in the paper.
    /// </param>
    /// <param name="interval">Iterations between two adjustments. At least 1. Default: 4, as in the paper.</param>
    /// <param name="rampImages">
    /// Real images over which <c>p</c> would go from 0 to 1. At least 1. Default: 500,000, as in the paper; less for small sets.
    /// </param>
    /// <param name="initialProbability">The first <c>p</c>. From 0 to 1. Default: 0.</param>
    /// <returns>An augmentation of floating-point images [N, C, H, W] whose <c>p</c> belongs into checkpoints.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is outside its range, or <paramref name="policies"/> is none or holds an undefined flag.
    /// </exception>
    public static AdaptiveAugmentation Adaptive(
        DiffAugmentPolicy policies = DiffAugmentPolicy.All,
        double target = 0.6,
        long interval = 4,
        long rampImages = 500_000,
        double initialProbability = 0)
    {
        CheckRange(target, -1, 1, nameof(target));
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rampImages, 1);
        CheckRange(initialProbability, 0, 1, nameof(initialProbability));
        return new AdaptiveAugmentation(Pipeline(policies, 0.125, 0.5), target, interval, rampImages, initialProbability);
    }

    /// <summary>
    /// Instance noise (Sonderby et al. 2017, "Amortised MAP Inference for Image Super-resolution", section 4,
    /// https://arxiv.org/abs/1610.04490): Gaussian noise that fades, <c>sigma(t) = sigma * max(0, 1 - t / decayIterations)</c>.
    /// </summary>
    /// <param name="sigma">Standard deviation at the first iteration, in the units of the samples. Finite, above 0.</param>
    /// <param name="decayIterations">Iterations after which no noise is left. At least 1.</param>
    /// <returns>An augmentation of floating-point samples of any shape [N, ...].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static IAugmentation InstanceNoise(double sigma, long decayIterations)
    {
        if (!(sigma > 0 && double.IsFinite(sigma)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(sigma), sigma, $"'sigma' is {Text.Number(sigma)}; it must be a finite number above 0.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(decayIterations, 1);
        return new InstanceNoise(sigma, decayIterations);
    }

    private static DiffAugmentPipeline Pipeline(DiffAugmentPolicy policies, double translationRatio, double cutoutRatio)
    {
        if (policies == DiffAugmentPolicy.None || (policies & ~DiffAugmentPolicy.All) != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(policies), policies, $"'policies' is {policies}; it must combine one or more of {DiffAugmentPolicy.Brightness}, "
                + $"{DiffAugmentPolicy.Saturation}, {DiffAugmentPolicy.Contrast}, {DiffAugmentPolicy.Translation} and {DiffAugmentPolicy.Cutout}.");
        }

        CheckRange(translationRatio, 0, 1, nameof(translationRatio));
        CheckRange(cutoutRatio, 0, 1, nameof(cutoutRatio));
        return new DiffAugmentPipeline(policies, translationRatio, cutoutRatio);
    }

    // Written so that NaN fails too.
    private static void CheckRange(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"'{name}' is {Text.Number(value)}; it must be between {Text.Number(least)} and {Text.Number(most)}.");
        }
    }
}
