namespace AdversarialKit;

/// <summary>
/// An adversarial loss whose discriminator part falls into a term on real samples and a term on fakes.
/// </summary>
/// <remarks>
/// Every method takes logits of any shape (<c>[N, 1]</c>, or <c>[N, 1, H, W]</c> from a patch discriminator) and returns
/// a new scalar tensor to be minimised, the mean over all elements. The caller disposes what is returned. Must not
/// change its arguments. Implement this interface for a loss of your own; a loss that compares real with fake logits
/// implements <see cref="IRelativisticLoss"/> instead, one that needs labels <see cref="IClassLoss"/>. One that carries something from one iteration
/// to the next implements <see cref="IStateful"/> as well.
/// </remarks>
public interface IAdversarialLoss
{
    /// <summary>The discriminator's loss on its outputs for real samples.</summary>
    /// <param name="real">The discriminator's outputs for real samples.</param>
    /// <returns>A scalar to minimise.</returns>
    Tensor DiscriminatorReal(Tensor real);

    /// <summary>The discriminator's loss on its outputs for fakes.</summary>
    /// <param name="fake">The discriminator's outputs for generated samples.</param>
    /// <returns>A scalar to minimise.</returns>
    Tensor DiscriminatorFake(Tensor fake);

    /// <summary>The generator's loss on the discriminator's outputs for its samples.</summary>
    /// <param name="fake">The discriminator's outputs for generated samples, connected to the generator.</param>
    /// <returns>A scalar to minimise.</returns>
    Tensor Generator(Tensor fake);

    /// <summary>
    /// The output above which the discriminator is taken to have said "real", for the accuracies in
    /// <see cref="StepResult"/>.
    /// </summary>
    /// <value>
    /// Default: 0, right for logits. A loss on probabilities returns 0.5. Not a number where no output means "real", as with energies:
    /// then the accuracies are not numbers either.
    /// </value>
    double DecisionThreshold => 0;
}
