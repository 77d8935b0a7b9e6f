namespace AdversarialKit;

/// <content>Losses for discriminators that return an energy, low for real samples.</content>
public static partial class AdversarialLoss
{
    /// <summary>The energy-based loss (EBGAN), with a margin.</summary>
    /// <remarks>
    /// <para>D: <c>mean(r) + mean(max(0, m - f))</c>; G: <c>mean(f)</c>: the discriminator returns an energy, low for real samples,
    /// such as the reconstruction error of an autoencoder (<see cref="GanLayer.ReconstructionEnergy"/>).</para>
    /// <para>Source: Zhao et al. 2017, "Energy-based Generative Adversarial Network", equations 1 and 2
    /// (https://arxiv.org/abs/1609.03126).</para>
    /// <para>When to use: where an autoencoder is to judge. Its variety comes from <see cref="PullingAway"/>.</para>
    /// </remarks>
    /// <param name="margin">m above, on the scale of the energies: fakes with a higher one no longer move the discriminator. Above 0, finite.</param>
    /// <returns>The loss; takes energies of any shape. Accuracies are not numbers with it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="margin"/> is not a finite number above 0.</exception>
    public static IAdversarialLoss EnergyBased(double margin) => new EnergyBasedLoss(margin);

    /// <summary>The pulling-away term of EBGAN-PT: a generator's term that keeps the samples of a batch apart.</summary>
    /// <remarks>
    /// <para><c>1 / (N (N - 1)) sum over i, j != i of (s_i . s_j / (|s_i| |s_j|))^2</c>, 0 to 1: the mean squared cosine of all pairs.</para>
    /// <para>Source: Zhao et al. 2017, "Energy-based Generative Adversarial Network", section 2.4 (https://arxiv.org/abs/1609.03126). The
    /// forms of torchgan (normalised over the batch, each sample paired with itself as well) and PyTorch-GAN (cosines, not their
    /// squares) are others.</para>
    /// </remarks>
    /// <param name="codes">What the discriminator's encoder makes of a batch of fakes, <c>[N, ...]</c> with N at least 2, connected to the generator.</param>
    /// <returns>A new scalar to be added, weighted (0.1 in the paper), to the generator's loss. The caller disposes it.</returns>
    /// <exception cref="ArgumentException"><paramref name="codes"/> is no batch of at least 2.</exception>
    public static Tensor PullingAway(Tensor codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        if (codes.dim() < 2 || codes.shape[0] < 2)
        {
            throw new ArgumentException(
                $"The pulling-away term was given codes of shape {Text.Shape(codes)}; it takes [N, ...] with N at least 2, because it compares samples.",
                nameof(codes));
        }

        using var scope = NewDisposeScope();
        var count = codes.shape[0];
        var directions = nn.functional.normalize(codes.flatten(1), dim: 1);
        var squares = mm(directions, directions.t()).square();
        return ((squares.sum() - squares.diagonal().sum()) / (count * (count - 1))).MoveToOuterDisposeScope();
    }

    /// <summary>The boundary equilibrium loss (BEGAN).</summary>
    /// <remarks>
    /// <para>D: <c>mean(r) - k mean(f)</c>; G: <c>mean(f)</c>; after each iteration
    /// <c>k = clip(k + rate (gamma mean(r) - mean(f)), 0, 1)</c>, with f from the generator step. The discriminator returns an energy:
    /// an autoencoder's mean absolute error (<see cref="GanLayer.ReconstructionEnergy"/>).</para>
    /// <para>Source: Berthelot et al. 2017, "BEGAN: Boundary Equilibrium Generative Adversarial Networks", section 3.4
    /// (https://arxiv.org/abs/1703.10717).</para>
    /// <para>When to use: where an autoencoder judges and its balance with the generator is hard to find by hand.</para>
    /// </remarks>
    /// <param name="gamma">The energy of fakes as a share of that of real samples at the equilibrium, above 0, at most 1: less gives better
    /// and less varied samples. <value>Default: 0.5.</value></param>
    /// <param name="rate">How fast k moves, above 0, finite; lambda_k in the paper. <value>Default: 0.001, the paper's.</value></param>
    /// <returns>The loss, which is an <see cref="IStateful"/> too: give each GAN its own.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static BoundaryEquilibriumLoss BoundaryEquilibrium(double gamma = 0.5, double rate = 0.001) => new(gamma, rate);
}
