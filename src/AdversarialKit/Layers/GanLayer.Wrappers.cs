namespace AdversarialKit;

/// <content>Modules around a module of the caller's.</content>
public static partial class GanLayer
{
    /// <summary>
    /// A residual block, <c>y = x + branch(x)</c> (He et al. 2016, "Deep Residual Learning for Image Recognition",
    /// equation 1, https://arxiv.org/abs/1512.03385). Start the branch's last layer at zero, and the block starts as the
    /// identity, which lets deep networks without normalisation train.
    /// </summary>
    /// <param name="branch">What is added to the input; it keeps the input's shape. Becomes part of the block, which disposes it.</param>
    /// <returns>
    /// A module that keeps the shape of its input. Its call throws an <see cref="ArgumentException"/> if the branch does not.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="branch"/> is null.</exception>
    public static nn.Module<Tensor, Tensor> Residual(nn.Module<Tensor, Tensor> branch)
    {
        ArgumentNullException.ThrowIfNull(branch);
        return new Residual(branch);
    }

    /// <summary>
    /// A skip connection that keeps both, <c>y = [branch(x), x]</c> along dimension 1: the features of the branch first, as in U-Net
    /// (Ronneberger et al. 2015, https://arxiv.org/abs/1505.04597) and CTGAN's residual layers (Xu et al. 2019, section 4.4,
    /// https://arxiv.org/abs/1907.00503).
    /// </summary>
    /// <param name="branch">Keeps every size but that of dimension 1. Becomes part of the module, which disposes it.</param>
    /// <returns>
    /// A module [N, C, ...] -> [N, C' + C, ...] for a branch that makes C' channels. Its call throws an <see cref="ArgumentException"/> if the
    /// branch changes another size.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="branch"/> is null.</exception>
    public static nn.Module<Tensor, Tensor> Concatenated(nn.Module<Tensor, Tensor> branch)
    {
        ArgumentNullException.ThrowIfNull(branch);
        return new Concatenated(branch);
    }

    /// <summary>
    /// A network of two inputs, <c>network([x, y])</c> along dimension 1: a conditional generator (latent and condition) or discriminator
    /// (sample and condition), as in pix2pix (Isola et al. 2017, section 3.1, https://arxiv.org/abs/1611.07004), or BiGAN's (sample and code).
    /// </summary>
    /// <param name="network">Takes both as one input. Becomes part of the module, which disposes it.</param>
    /// <returns>
    /// A module (x [N, C, ...], y [N, K, ...]) -> what <paramref name="network"/> makes of [N, C + K, ...]. Its call throws an
    /// <see cref="ArgumentException"/> if the two differ in another size.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    public static nn.Module<Tensor, Tensor, Tensor> SideBySide(nn.Module<Tensor, Tensor> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new TwoInputs(network);
    }

    /// <summary>
    /// An autoencoder as a discriminator that returns an energy: the mean error with which it gives back each sample (Zhao et al. 2017,
    /// section 2.3, https://arxiv.org/abs/1609.03126; Berthelot et al. 2017, equation 1, https://arxiv.org/abs/1703.10717). For
    /// <see cref="AdversarialLoss.EnergyBased"/> and <see cref="AdversarialLoss.BoundaryEquilibrium"/>.
    /// </summary>
    /// <param name="autoencoder">Samples [N, ...] -> the same shape. Becomes part of the module, which disposes it.</param>
    /// <param name="squared">Whether errors are squared rather than absolute. Default: false, as BEGAN has it.</param>
    /// <returns>
    /// A module [N, ...] -> energies [N, 1], at least 0. Gradients reach the sample through both what goes in and what is compared.
    /// Its call throws an <see cref="ArgumentException"/> if the autoencoder changes the shape.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="autoencoder"/> is null.</exception>
    public static nn.Module<Tensor, Tensor> ReconstructionEnergy(nn.Module<Tensor, Tensor> autoencoder, bool squared = false)
    {
        ArgumentNullException.ThrowIfNull(autoencoder);
        return new ReconstructionEnergy(autoencoder, squared);
    }
}
