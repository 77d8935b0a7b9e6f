namespace AdversarialKit;

/// <summary>
/// Building blocks of published GANs that TorchSharp lacks. Spectral normalization: <see cref="SpectralNorm"/>.
/// </summary>
/// <remarks>
/// Each is a module as TorchSharp's own: it has a <c>state_dict</c>, follows <c>to(...)</c>, <c>train()</c> and
/// <c>eval()</c>, can be differentiated twice, and belongs to the caller.
/// </remarks>
public static partial class GanLayer
{
    /// <summary>
    /// Minibatch standard deviation (Karras et al. 2018, "Progressive Growing of GANs", section 3,
    /// https://arxiv.org/abs/1710.10196; grouped as in StyleGAN2, https://arxiv.org/abs/1912.04958): lets the discriminator
    /// see how varied a batch is, against mode collapse.
    /// </summary>
    /// <param name="groupSize">
    /// Samples over which the standard deviation is taken. A smaller batch is one group. Sample <c>n</c> of <c>N</c> belongs
    /// to group <c>n mod (N / groupSize)</c>, as in the published code. At least 1. Default: 4.
    /// </param>
    /// <param name="features">Channels that are appended; each looks at its share of the input's channels. At least 1. Default: 1.</param>
    /// <returns>
    /// A module [N, C, H, W] -> [N, C + <paramref name="features"/>, H, W] or [N, C] -> [N, C + <paramref name="features"/>].
    /// Its call throws an <see cref="ArgumentException"/> if N is not a multiple of the group size (or C of
    /// <paramref name="features"/>), or if the rank is neither 2 nor 4.
    /// </returns>
    /// <remarks>The output for one sample depends on the others of its batch, as with batch normalization.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static nn.Module<Tensor, Tensor> MinibatchStdDev(long groupSize = 4, long features = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groupSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        return new MinibatchStdDev(groupSize, features);
    }

    /// <summary>
    /// Self-attention over the positions of a feature map (Zhang et al. 2019, "Self-Attention Generative Adversarial
    /// Networks", equations 1 to 3, https://arxiv.org/abs/1805.08318): <c>y = gamma * attention(x) + x</c> with
    /// <c>gamma</c> starting at 0, so that the layer starts as the identity.
    /// </summary>
    /// <param name="channels">Channels of the feature map; a multiple of <paramref name="reduction"/>.</param>
    /// <param name="spectralNorm">Whether the four 1x1 convolutions are spectrally normalised. Default: false; the paper does so.</param>
    /// <param name="reduction">The inner channels are <paramref name="channels"/> / <paramref name="reduction"/>. Default: 8, as in the paper.</param>
    /// <returns>
    /// A module [N, C, H, W] -> the same shape. Memory grows with (H * W)^2 for each sample: the paper uses it at 32x32.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="channels"/> is not a multiple of <paramref name="reduction"/>.</exception>
    public static nn.Module<Tensor, Tensor> SelfAttention(long channels, bool spectralNorm = false, long reduction = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(reduction, 1);
        if (channels % reduction != 0)
        {
            throw new ArgumentException(
                $"Self-attention over {channels} channels cannot reduce them by {reduction}: "
                + "'channels' must be a multiple of 'reduction'. Pass a reduction that divides them.",
                nameof(channels));
        }

        return new SelfAttention(channels, spectralNorm, reduction);
    }

    /// <summary>Conditional batch normalization of features [N, F]. See <see cref="ConditionalBatchNorm2d"/>.</summary>
    /// <inheritdoc cref="ConditionalBatchNorm2d"/>
    public static nn.Module<Tensor, Tensor, Tensor> ConditionalBatchNorm1d(long features, long classes)
    {
        CheckConditional(features, classes);
        return new ConditionalBatchNorm(nn.BatchNorm1d(features, affine: false), new(features, classes, Rank: 2));
    }

    /// <summary>
    /// Conditional batch normalization of feature maps [N, F, H, W]: batch normalization whose scale and shift come from the class
    /// (Dumoulin et al. 2017, "A Learned Representation For Artistic Style", equation 5,
    /// https://arxiv.org/abs/1610.07629; de Vries et al. 2017, https://arxiv.org/abs/1707.00683).
    /// </summary>
    /// <param name="features">Features or channels. At least 1.</param>
    /// <param name="classes">Number of classes. At least 1.</param>
    /// <returns>
    /// A module (x, labels) -> normalised x, with labels [N] of type Int64 from 0 to <paramref name="classes"/> - 1; its call
    /// throws an <see cref="ArgumentException"/> otherwise, or if x has another shape. Every class starts with scale 1 and shift 0. The check of the labels' range
    /// waits for the device, once a call.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static nn.Module<Tensor, Tensor, Tensor> ConditionalBatchNorm2d(long features, long classes)
    {
        CheckConditional(features, classes);
        return new ConditionalBatchNorm(nn.BatchNorm2d(features, affine: false), new(features, classes, Rank: 4));
    }

    /// <summary>
    /// The head of a projection discriminator (Miyato and Koyama 2018, "cGANs with Projection Discriminator", equation 3,
    /// https://arxiv.org/abs/1802.05637): <c>logit = linear(h) + embedding(y) . h</c>.
    /// </summary>
    /// <param name="features">Features <c>F</c> of each sample. At least 1.</param>
    /// <param name="classes">Number of classes. At least 1.</param>
    /// <param name="spectralNorm">Whether the linear map and the embedding are spectrally normalised, as in the paper. Default: false.</param>
    /// <returns>
    /// A module (h, labels) -> logits [N, 1], with h [N, F] and labels [N] of type Int64 from 0 to
    /// <paramref name="classes"/> - 1; its call throws an <see cref="ArgumentException"/> otherwise. The check of the
    /// labels' range waits for the device, once a call.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static nn.Module<Tensor, Tensor, Tensor> ProjectionHead(long features, long classes, bool spectralNorm = false)
    {
        CheckConditional(features, classes);
        return new ProjectionHead(features, classes, spectralNorm);
    }

    /// <summary>
    /// Pixelwise feature normalization (Karras et al. 2018, "Progressive Growing of GANs", section 4.2,
    /// https://arxiv.org/abs/1710.10196): <c>y = x / sqrt(mean over channels of x^2 + 1e-8)</c>.
    /// </summary>
    /// <returns>
    /// A module [N, C, ...] -> the same shape. Its call throws an <see cref="ArgumentException"/> if the rank is below 2.
    /// </returns>
    public static nn.Module<Tensor, Tensor> PixelNorm() => new PixelNorm();

    /// <summary>
    /// A linear layer with an equalized learning rate (Karras et al. 2018, "Progressive Growing of GANs", section 4.1,
    /// https://arxiv.org/abs/1710.10196): <c>y = x (m s W)^T + m b</c> with <c>s = sqrt(2 / inputs)</c>, He's constant, and
    /// <c>W</c> starting normal with a deviation of <c>1 / m</c>. An optimizer that moves every number by about its learning
    /// rate, as Adam does, then moves all layers by the same share of their weights. <c>m</c> slows a layer down further, as
    /// StyleGAN does in its mapping network (Karras et al. 2019, appendix C, https://arxiv.org/abs/1812.04948).
    /// </summary>
    /// <param name="inputs">Inputs of each sample. At least 1.</param>
    /// <param name="outputs">Outputs of each sample. At least 1.</param>
    /// <param name="learningRateMultiplier"><c>m</c> above: above 0, finite. Default: 1; StyleGAN's mapping network has 0.01.</param>
    /// <returns>
    /// A module [..., <paramref name="inputs"/>] -> [..., <paramref name="outputs"/>] with parameters <c>weight</c> and
    /// <c>bias</c>; the bias starts at 0. Its call throws an <see cref="ArgumentException"/> if the last size is another.
    /// <see cref="Initialize"/> draws its weights anew, from the generator that it is given, but with the deviation above.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static nn.Module<Tensor, Tensor> EqualizedLinear(long inputs, long outputs, double learningRateMultiplier = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRateMultiplier);
        if (!double.IsFinite(learningRateMultiplier))
        {
            throw new ArgumentOutOfRangeException(
                nameof(learningRateMultiplier), learningRateMultiplier, "The learning rate multiplier must be a finite number above 0.");
        }

        return new EqualizedLinear(inputs, outputs, learningRateMultiplier);
    }

    private static void CheckConditional(long features, long classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
    }
}
