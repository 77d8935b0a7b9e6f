namespace AdversarialKit;

/// <summary>
/// An adversarial loss whose discriminator names the class of a sample, or calls it a fake: its outputs are judged together
/// with the labels.
/// </summary>
/// <remarks>
/// Outputs have shape <c>[N, ...]</c>, labels are <c>[N]</c> of type Int64. Every loss is a new scalar tensor to be minimised, which
/// the caller disposes. Must not change its arguments.
/// </remarks>
public interface IClassLoss
{
    /// <summary>The discriminator's loss on its outputs for real samples.</summary>
    /// <param name="real">The discriminator's outputs for real samples.</param>
    /// <param name="labels">Their classes.</param>
    /// <returns>A scalar to minimise.</returns>
    Tensor DiscriminatorReal(Tensor real, Tensor labels);

    /// <summary>The discriminator's loss on its outputs for fakes.</summary>
    /// <param name="fake">The discriminator's outputs for generated samples.</param>
    /// <param name="labels">The classes that the generator was asked for.</param>
    /// <returns>A scalar to minimise.</returns>
    Tensor DiscriminatorFake(Tensor fake, Tensor labels);

    /// <summary>The generator's loss on the discriminator's outputs for its samples.</summary>
    /// <param name="fake">The discriminator's outputs for generated samples, connected to the generator.</param>
    /// <param name="labels">The classes that the generator was asked for.</param>
    /// <returns>A scalar to minimise.</returns>
    Tensor Generator(Tensor fake, Tensor labels);

    /// <summary>How far the discriminator took each sample for real, whatever its class.</summary>
    /// <param name="outputs">The discriminator's outputs.</param>
    /// <returns>One number per sample, <c>[N]</c>, above 0 where it said "real". Accuracies and ADA go by it.</returns>
    Tensor Realness(Tensor outputs);
}
