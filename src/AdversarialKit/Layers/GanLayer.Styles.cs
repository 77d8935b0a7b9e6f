namespace AdversarialKit;

/// <content>The parts of a style-based generator (StyleGAN2).</content>
public static partial class GanLayer
{
    /// <summary>
    /// A convolution with an equalized learning rate, as <see cref="EqualizedLinear"/> (Karras et al. 2018, "Progressive Growing of GANs",
    /// section 4.1, https://arxiv.org/abs/1710.10196): <c>y = conv(x, s W) + b</c> with <c>s = sqrt(2 / (inChannels kernelSize^2))</c> and
    /// <c>W</c> starting normal with a deviation of 1.
    /// </summary>
    /// <param name="inChannels">Channels of the input. At least 1.</param>
    /// <param name="outChannels">Channels of the output. At least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel. At least 1.</param>
    /// <param name="stride">Stride. At least 1. Default: 1.</param>
    /// <param name="padding">Zeros added on every side. At least 0. Default: 0.</param>
    /// <returns>
    /// A module [N, C, H, W] -> [N, <paramref name="outChannels"/>, H', W'] with parameters <c>weight</c> and <c>bias</c>; the bias starts at 0.
    /// Its call throws an <see cref="ArgumentException"/> if the shape does not fit. <see cref="Initialize"/> draws its weights anew with that deviation.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its least value.</exception>
    public static nn.Module<Tensor, Tensor> EqualizedConv2d(long inChannels, long outChannels, long kernelSize, long stride = 1, long padding = 0)
    {
        CheckConvolution(inChannels, outChannels, kernelSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        return new EqualizedConv2d((inChannels, outChannels), kernelSize, stride, padding);
    }

    /// <summary>
    /// A modulated convolution (Karras et al. 2020, "Analyzing and Improving the Image Quality of StyleGAN", equations 1 and 3,
    /// https://arxiv.org/abs/1912.04958): every sample scales the input channels of the weights by its style, <c>w' = s w</c>; with demodulation
    /// every output channel is then divided by <c>sqrt(sum(w'^2) + 1e-8)</c>. No bias; stride 1, and zeros around keep the size.
    /// </summary>
    /// <param name="inChannels">Channels of the input. At least 1.</param>
    /// <param name="outChannels">Channels of the output. At least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel: odd, at least 1.</param>
    /// <param name="demodulate">Whether to demodulate. Default: true; StyleGAN2's layers that make the image do not.</param>
    /// <param name="equalized">
    /// Whether weights start with a deviation of 1 and are multiplied by <c>1 / sqrt(inChannels kernelSize^2)</c> at every call, as published;
    /// else they start with that deviation and are taken as they are. Default: true.
    /// </param>
    /// <returns>
    /// A module (x [N, C, H, W], style [N, C]) -> [N, <paramref name="outChannels"/>, H, W] with the parameter <c>weight</c>. Its call throws an
    /// <see cref="ArgumentException"/> if a shape is another. Styles come from a linear layer whose bias starts at 1.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="kernelSize"/> is even.</exception>
    public static nn.Module<Tensor, Tensor, Tensor> ModulatedConv2d(
        long inChannels, long outChannels, long kernelSize, bool demodulate = true, bool equalized = true)
    {
        CheckConvolution(inChannels, outChannels, kernelSize);
        if (kernelSize % 2 == 0)
        {
            throw new ArgumentException(
                $"A modulated convolution keeps the size of its input, which a kernel of {kernelSize} cannot: 'kernelSize' must be odd. Pass 1 or 3.",
                nameof(kernelSize));
        }

        return new ModulatedConv2d((inChannels, outChannels), kernelSize, demodulate, equalized);
    }

    /// <summary>
    /// Noise on feature maps (Karras et al. 2019, "A Style-Based Generator Architecture for GANs", section 2,
    /// https://arxiv.org/abs/1812.04948, with one strength a layer as in StyleGAN2): for what is random in an image and no style should carry.
    /// </summary>
    /// <returns>A module [N, C, H, W] -> the same shape with the parameter <c>strength</c>, which starts at 0.</returns>
    public static NoiseInjection NoiseInjection() => new();

    /// <summary>
    /// StyleGAN's mapping network (Karras et al. 2019, section 2 and appendix C, https://arxiv.org/abs/1812.04948): <see cref="PixelNorm"/>, then
    /// fully connected layers with equalized rates and leaky ReLUs of slope 0.2.
    /// </summary>
    /// <param name="latents">Size of the latents. At least 1.</param>
    /// <param name="styles">Size of the styles, and of what lies between. At least 1.</param>
    /// <param name="layers">Fully connected layers. At least 1. Default: 8, as published.</param>
    /// <param name="learningRateMultiplier">How much slower than other layers it learns: above 0, finite. Default: 0.01, as published.</param>
    /// <returns>A module [N, <paramref name="latents"/>] -> [N, <paramref name="styles"/>].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static nn.Module<Tensor, Tensor> MappingNetwork(long latents, long styles, int layers = 8, double learningRateMultiplier = 0.01)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(latents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(styles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        var network = nn.Sequential(PixelNorm());
        for (var i = 0; i < layers; i++)
        {
            network.append(EqualizedLinear(i == 0 ? latents : styles, styles, learningRateMultiplier));
            network.append(nn.LeakyReLU(0.2));
        }

        return network;
    }

    /// <summary>
    /// Style mixing (Karras et al. 2019, section 3.1, https://arxiv.org/abs/1812.04948): in training mode a batch takes, with the given probability,
    /// the styles of its later layers from a second latent, so that neighbouring layers do not come to rely on each other.
    /// </summary>
    /// <param name="layers">Layers that take a style. At least 1.</param>
    /// <param name="probability">0 to 1. Default: 0.9, as published.</param>
    /// <returns>
    /// A module (first [N, S], second [N, S]) -> styles [N, <paramref name="layers"/>, S]. In inference mode all are of the first. The crossover is
    /// drawn from the generator that torch shares, as dropout is.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static nn.Module<Tensor, Tensor, Tensor> StyleMixing(long layers, double probability = 0.9)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability of mixing must be between 0 and 1.");
        }

        return new StyleMixing(layers, probability);
    }

    /// <summary>Styles for every layer, of two latents, by a crossover of the caller's.</summary>
    /// <param name="first">Styles [N, S] of the layers before the crossover.</param>
    /// <param name="second">Styles [N, S] of the others.</param>
    /// <param name="crossover">Layers that take the first: 0 to <paramref name="layers"/>.</param>
    /// <param name="layers">Layers that take a style. At least 1.</param>
    /// <returns>A new tensor [N, <paramref name="layers"/>, S], connected to both.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The styles are not of one shape [N, S].</exception>
    public static Tensor MixStyles(Tensor first, Tensor second, long crossover, long layers)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(crossover);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(crossover, layers);
        if (first.dim() != 2 || !second.shape.AsSpan().SequenceEqual(first.shape))
        {
            throw new ArgumentException(
                $"Styles of shape {Text.Shape(first)} were to be mixed with styles of shape {Text.Shape(second)}; both must be of one shape [N, S].",
                nameof(second));
        }

        using var scope = NewDisposeScope();
        return cat([first.unsqueeze(1).expand(-1, crossover, -1), second.unsqueeze(1).expand(-1, layers - crossover, -1)], 1).MoveToOuterDisposeScope();
    }

    private static void CheckConvolution(long inChannels, long outChannels, long kernelSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelSize, 1);
    }
}
