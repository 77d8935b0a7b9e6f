namespace AdversarialKit;

/// <content>The parts of networks that make pictures from pictures, and a draw from categories.</content>
public static partial class GanLayer
{
    /// <summary>
    /// A residual block for image translation (Johnson et al. 2016, "Perceptual Losses for Real-Time Style Transfer",
    /// https://arxiv.org/abs/1603.08155; as CycleGAN has it, Zhu et al. 2017, appendix 7.2, https://arxiv.org/abs/1703.10593):
    /// <c>x + f(x)</c>, where f is twice a 3x3 convolution on an image mirrored at its edges and instance normalization, with a ReLU between.
    /// </summary>
    /// <param name="channels">Channels. At least 1.</param>
    /// <param name="affine">Whether the normalization scales and shifts by parameters. Default: false, as in CycleGAN.</param>
    /// <returns>A module [N, C, H, W] -> the same shape, for sides of at least 2. Convolutions have no bias, which the normalization would take away.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1.</exception>
    public static nn.Module<Tensor, Tensor> ReflectionResidual(long channels, bool affine = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        return Residual(nn.Sequential(
            nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3, bias: false), nn.InstanceNorm2d(channels, affine: affine), nn.ReLU(),
            nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3, bias: false), nn.InstanceNorm2d(channels, affine: affine)));
    }

    /// <summary>
    /// A PatchGAN discriminator (Isola et al. 2017, "Image-to-Image Translation with Conditional Adversarial Networks", section 3.2.2 and
    /// appendix 6.1.2, https://arxiv.org/abs/1611.07004): one logit for each overlapping patch, of 70x70 pixels with three halvings.
    /// </summary>
    /// <param name="channels">Channels of the input; with a condition that is a picture, those of both together. At least 1.</param>
    /// <param name="filters">Channels of the first layer; they double with each one, up to eight times as many. At least 1. Default: 64.</param>
    /// <param name="halvings">Convolutions of stride 2. At least 1. Default: 3.</param>
    /// <param name="norm">
    /// Makes the normalization of so many channels. Default: instance normalization without parameters, as CycleGAN has it; pix2pix has
    /// <c>nn.BatchNorm2d</c>. Not in the first and the last layer.
    /// </param>
    /// <returns>
    /// A module [N, C, H, W] -> logits [N, 1, H', W'] of kernels of 4 and leaky ReLUs of slope 0.2: <c>H' = H / 2^halvings - 2</c> for sides that
    /// the halvings divide.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static nn.Module<Tensor, Tensor> PatchDiscriminator(
        long channels, long filters = 64, int halvings = 3, Func<long, nn.Module<Tensor, Tensor>>? norm = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(halvings, 1);
        var network = nn.Sequential(nn.Conv2d(channels, filters, 4, stride: 2, padding: 1), nn.LeakyReLU(0.2));
        for (var i = 1; i <= halvings; i++)
        {
            network.append(nn.Conv2d(Widened(filters, i - 1), Widened(filters, i), 4, stride: i < halvings ? 2 : 1, padding: 1, bias: false));
            network.append(norm?.Invoke(Widened(filters, i)) ?? nn.InstanceNorm2d(Widened(filters, i)));
            network.append(nn.LeakyReLU(0.2));
        }

        network.append(nn.Conv2d(Widened(filters, halvings), 1, 4, padding: 1));
        return network;
    }

    /// <summary>
    /// A U-Net generator (Ronneberger et al. 2015, https://arxiv.org/abs/1505.04597; as pix2pix has it, Isola et al. 2017, appendix 6.1.1,
    /// https://arxiv.org/abs/1611.07004): halves the picture again and again, doubles it as often, and hands each level's features across.
    /// </summary>
    /// <param name="channels">Channels of the input. At least 1.</param>
    /// <param name="outChannels">Channels of the output. At least 1.</param>
    /// <param name="levels">Halvings. At least 2; sides must be multiples of 2 to this power.</param>
    /// <param name="filters">Channels of the first level; they double with each one, up to eight times as many. At least 1. Default: 64.</param>
    /// <param name="dropout">Dropout in the three innermost levels' way up, which is where pix2pix's randomness comes from: 0 to below 1. Default: 0.5.</param>
    /// <param name="norm">Makes the normalization of so many channels. Default: instance normalization without parameters; pix2pix has <c>nn.BatchNorm2d</c>.</param>
    /// <returns>A module [N, C, H, W] -> [N, <paramref name="outChannels"/>, H, W] that ends in a tanh.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static nn.Module<Tensor, Tensor> UNet(
        long channels, long outChannels, int levels, long filters = 64, double dropout = 0.5, Func<long, nn.Module<Tensor, Tensor>>? norm = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        if (!(dropout is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "The dropout must be at least 0 and below 1.");
        }

        return new UNetPlan(levels, filters, dropout, norm ?? (features => nn.InstanceNorm2d(features))).Build(channels, outChannels);
    }

    /// <summary>
    /// A draw from categories that can be differentiated (Jang et al. 2017, "Categorical Reparameterization with Gumbel-Softmax", equation 2,
    /// https://arxiv.org/abs/1611.01144; Maddison et al. 2017, https://arxiv.org/abs/1611.00712): <c>softmax((logits + g) / temperature)</c> over
    /// the last dimension.
    /// </summary>
    /// <param name="temperature">Above 0, finite: small is near one category, large near none. Default: 1; CTGAN has 0.2.</param>
    /// <param name="hard">
    /// Whether to return exactly one category, with the gradient of the soft draw (straight-through, section 2.2 of the first paper). Default: false.
    /// </param>
    /// <returns>A module: logits [..., K] -> the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not a finite number above 0.</exception>
    public static GumbelSoftmax GumbelSoftmax(double temperature = 1, bool hard = false)
    {
        if (!(double.IsFinite(temperature) && temperature > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature must be a finite number above 0.");
        }

        return new GumbelSoftmax(temperature, hard);
    }

    private static long Widened(long filters, int level) => filters << Math.Min(level, 3);
}
