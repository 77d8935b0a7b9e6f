using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>
/// Spectral normalization: layers whose weight is divided by its largest singular value at every call, so that each is
/// 1-Lipschitz (Miyato et al. 2018, "Spectral Normalization for Generative Adversarial Networks", Algorithm 1,
/// https://arxiv.org/abs/1802.05957).
/// </summary>
/// <remarks>
/// <para>
/// The singular value is estimated by power iteration, <c>v = W^T u / |W^T u|</c>, <c>u = W v / |W v|</c>,
/// <c>sigma = u^T W v</c>, and the layer computes with <c>W / sigma</c>. Gradients flow through <c>sigma</c> with
/// <c>u</c> and <c>v</c> taken as constants, as in the paper. In training mode every call iterates; in evaluation mode
/// none does, so that a call changes nothing.
/// </para>
/// <para>
/// In <c>state_dict</c> the layer has the names that <c>torch.nn.utils.spectral_norm</c> gives: <c>weight_orig</c>,
/// <c>bias</c> and the buffers <c>weight_u</c> and <c>weight_v</c>. The weight is taken as a matrix of [outputs, rest]: for
/// a transposed convolution that is dimension 1 against the others. The vectors start from normalised normals, followed by
/// 15 iterations, so that <c>sigma</c> is near the truth from the first call on.
/// </para>
/// <para>
/// Initialise the layer's weight before it is handed over: one who walks the modules of a network afterwards
/// no longer finds a <c>Linear</c> or <c>Conv2d</c> there.
/// </para>
/// </remarks>
public static class SpectralNorm
{
    /// <summary>A fully connected layer with spectral normalization.</summary>
    /// <param name="inputs">Features of each input. At least 1.</param>
    /// <param name="outputs">Features of each output. At least 1.</param>
    /// <param name="bias">Whether a bias is added. Default: true.</param>
    /// <param name="powerIterations">Iterations at each call in training mode. At least 1. Default: 1, as in the paper.</param>
    /// <param name="random">Draws the first <c>u</c> and <c>v</c>. Default: TorchSharp's own generator, which also draws the weight.</param>
    /// <returns>A module [N, <paramref name="inputs"/>] -> [N, <paramref name="outputs"/>] that the caller owns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static nn.Module<Tensor, Tensor> Linear(
        long inputs, long outputs, bool bias = true, int powerIterations = 1, Generator? random = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(powerIterations, 1);
        return Apply(nn.Linear(inputs, outputs, bias), powerIterations, random);
    }

    /// <summary>A convolution with spectral normalization. For other settings: <see cref="Apply(Conv2d, int, Generator?)"/>.</summary>
    /// <param name="inChannels">Channels of the input. At least 1.</param>
    /// <param name="outChannels">Channels of the output. At least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel. At least 1.</param>
    /// <param name="stride">Stride. At least 1. Default: 1.</param>
    /// <param name="padding">Zeros added on every side. At least 0. Default: 0.</param>
    /// <returns>A module [N, C, H, W] -> [N, <paramref name="outChannels"/>, H', W'] that the caller owns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its least value.</exception>
    public static nn.Module<Tensor, Tensor> Conv2d(
        long inChannels, long outChannels, long kernelSize, long stride = 1, long padding = 0)
    {
        CheckConvolution(inChannels, outChannels, kernelSize, stride, padding);
        return Apply(nn.Conv2d(inChannels, outChannels, kernelSize, stride: stride, padding: padding));
    }

    /// <summary>
    /// A transposed convolution with spectral normalization. For other settings:
    /// <see cref="Apply(ConvTranspose2d, int, Generator?)"/>.
    /// </summary>
    /// <param name="inChannels">Channels of the input. At least 1.</param>
    /// <param name="outChannels">Channels of the output. At least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel. At least 1.</param>
    /// <param name="stride">Stride. At least 1. Default: 1.</param>
    /// <param name="padding">Rows and columns taken off every side of the output. At least 0. Default: 0.</param>
    /// <returns>A module [N, C, H, W] -> [N, <paramref name="outChannels"/>, H', W'] that the caller owns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its least value.</exception>
    public static nn.Module<Tensor, Tensor> ConvTranspose2d(
        long inChannels, long outChannels, long kernelSize, long stride = 1, long padding = 0)
    {
        CheckConvolution(inChannels, outChannels, kernelSize, stride, padding);
        return Apply(nn.ConvTranspose2d(inChannels, outChannels, kernelSize, stride: stride, padding: padding));
    }

    /// <summary>Puts spectral normalization on a fully connected layer.</summary>
    /// <param name="layer">Is taken over: its weight and bias move into the new module, and it is disposed.</param>
    /// <param name="powerIterations">Iterations at each call in training mode. At least 1. Default: 1.</param>
    /// <param name="random">Draws the first <c>u</c> and <c>v</c>. Default: TorchSharp's own generator.</param>
    /// <returns>A module that computes as <paramref name="layer"/> with the normalised weight. The caller owns it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="powerIterations"/> is below 1.</exception>
    public static nn.Module<Tensor, Tensor> Apply(Linear layer, int powerIterations = 1, Generator? random = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return TakeOver(layer, layer.weight!, layer.bias, SpectralOperation.Linear(), new(powerIterations, random));
    }

    /// <inheritdoc cref="Apply(Linear, int, Generator?)"/>
    /// <summary>Puts spectral normalization on a convolution, with all its settings.</summary>
    public static nn.Module<Tensor, Tensor> Apply(Conv2d layer, int powerIterations = 1, Generator? random = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return TakeOver(layer, layer.weight!, layer.bias, SpectralOperation.Of(layer), new(powerIterations, random));
    }

    /// <inheritdoc cref="Apply(Linear, int, Generator?)"/>
    /// <summary>Puts spectral normalization on a transposed convolution, with all its settings.</summary>
    public static nn.Module<Tensor, Tensor> Apply(ConvTranspose2d layer, int powerIterations = 1, Generator? random = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return TakeOver(layer, layer.weight!, layer.bias, SpectralOperation.Of(layer), new(powerIterations, random));
    }

    /// <summary>
    /// Puts spectral normalization on an embedding, as the projection discriminator does with its class vectors.
    /// </summary>
    /// <inheritdoc cref="Apply(Linear, int, Generator?)"/>
    public static nn.Module<Tensor, Tensor> Apply(Embedding layer, int powerIterations = 1, Generator? random = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return TakeOver(layer, layer.weight!, null, SpectralOperation.Lookup(), new(powerIterations, random));
    }

    private static SpectrallyNormalized TakeOver(
        nn.Module layer, Parameter weight, Parameter? bias, SpectralOperation operation, PowerIteration iteration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iteration.Count, 1, "powerIterations");
        var taken = new SpectrallyNormalized(Alias(weight), bias is null ? null : Alias(bias), operation, iteration);
        layer.Dispose();
        return taken;
    }

    // Shares the memory, so that nothing is copied, but survives the layer that is disposed.
    private static Parameter Alias(Parameter parameter) => new(parameter.detach(), parameter.requires_grad);

    private static void CheckConvolution(long inChannels, long outChannels, long kernelSize, long stride, long padding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
    }
}
