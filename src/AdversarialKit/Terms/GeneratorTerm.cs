namespace AdversarialKit;

/// <summary>Ready-made terms of the generator's loss, for <c>GanBuilder.WithGeneratorTerm</c>.</summary>
public static class GeneratorTerm
{
    /// <summary>
    /// The mean absolute difference to what the fakes shall be like (Isola et al. 2017, "Image-to-Image Translation with Conditional
    /// Adversarial Networks", equation 3; its weight there is 100): <c>mean |fake - target|</c>.
    /// </summary>
    /// <param name="target">Gives the target <c>[N, ...]</c>. Default: the real batch.</param>
    /// <returns>The term.</returns>
    public static IGeneratorTerm L1(Func<GeneratorTermContext, Tensor>? target = null) => new FunctionTerm(
        "L1",
        context => (context.Fakes - (target is null ? context.Real : target(context))).abs().mean());

    /// <summary>
    /// Feature matching: the squared distance between the mean features of fakes and of real samples, over the layers that the
    /// discriminator shows (Salimans et al. 2016, "Improved Techniques for Training GANs", section 3.1):
    /// <c>sum over layers of |mean f(real) - mean f(fake)|^2</c>.
    /// </summary>
    /// <returns>The term. The discriminator must implement <see cref="IIntermediateFeatures"/>.</returns>
    public static IGeneratorTerm FeatureMatching() => new FeatureMatchingTerm();

    /// <summary>
    /// Content loss: the mean squared difference of the features of a frozen network (Ledig et al. 2017, "Photo-Realistic Single Image
    /// Super-Resolution Using a Generative Adversarial Network", equation 5): <c>mean (f(fake) - f(target))^2</c>.
    /// </summary>
    /// <param name="network">
    /// Maps samples to features, on the generator's device. It runs in inference mode, and not a byte of it moves; remains the caller's.
    /// </param>
    /// <param name="target">Gives the target <c>[N, ...]</c>. Default: the real batch.</param>
    /// <returns>The term.</returns>
    /// <exception cref="ArgumentException">The network has no parameters.</exception>
    public static IGeneratorTerm Content(nn.Module<Tensor, Tensor> network, Func<GeneratorTermContext, Tensor>? target = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new ContentTerm(network, target);
    }

    /// <summary>
    /// Path length regularization (Karras et al. 2020, "Analyzing and Improving the Image Quality of StyleGAN", section 3.2, equation 4):
    /// <c>mean (|J^T y| - a)^2</c>, where <c>|J^T y|</c> is the length of the gradient of <c>sum(G(w) y)</c> with respect to the styles w, y is
    /// normal noise divided by the root of the number of pixels, and a is the moving average of the lengths. With several styles a length is
    /// the root of the mean over layers of the squared length. The published code's weight is 2, its interval 4, and its gradient flows
    /// through the average.
    /// </summary>
    /// <param name="decay">How far the average moves towards the mean length of a step, above 0 and at most 1. Default: 0.01.</param>
    /// <param name="batchShare">The share of the batch that latents are drawn for, above 0 and at most 1; the published code's is one half.</param>
    /// <returns>The term, whose average is part of checkpoints. The generator must implement <see cref="IStyleGenerator"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static IGeneratorTerm PathLength(double decay = 0.01, double batchShare = 0.5) => new PathLengthTerm(decay, batchShare);

    /// <summary>
    /// Mode seeking: latents that lie apart shall give samples that lie apart (Mao et al. 2019, "Mode Seeking Generative Adversarial Networks
    /// for Diverse Image Synthesis", section 3.2): <c>1 / (mean |G(z1) - G(z2)| / mean |z1 - z2| + 1e-5)</c>, with second latents drawn for the
    /// same condition.
    /// </summary>
    /// <returns>The term.</returns>
    public static IGeneratorTerm ModeSeeking() => new ModeSeekingTerm();

    /// <summary>A term of one's own.</summary>
    /// <param name="compute">Computes the unweighted scalar.</param>
    /// <param name="description">What it is, in a few words. Default: custom.</param>
    /// <returns>The term.</returns>
    public static IGeneratorTerm Custom(Func<GeneratorTermContext, Tensor> compute, string description = "custom")
    {
        ArgumentNullException.ThrowIfNull(compute);
        ArgumentException.ThrowIfNullOrEmpty(description);
        return new FunctionTerm(description, compute);
    }
}
