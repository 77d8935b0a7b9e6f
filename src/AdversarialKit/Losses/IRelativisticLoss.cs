namespace AdversarialKit;

/// <summary>An adversarial loss that compares real with fake logits, in both steps.</summary>
/// <remarks>
/// Both methods take logits of equal shape, <c>(real, fake)</c> in that order, and return a new scalar tensor to be
/// minimised. The caller disposes what is returned. In the generator step the real logits come from the frozen
/// discriminator and carry no graph.
/// </remarks>
public interface IRelativisticLoss
{
    /// <summary>The discriminator's loss.</summary>
    /// <param name="real">Logits of real samples.</param>
    /// <param name="fake">Logits of generated samples.</param>
    /// <returns>A scalar to minimise.</returns>
    Tensor Discriminator(Tensor real, Tensor fake);

    /// <summary>The two terms of the discriminator's loss, where it falls into one on real samples and one on fakes, each compared with the other side.</summary>
    /// <param name="real">Logits of real samples.</param>
    /// <param name="fake">Logits of generated samples.</param>
    /// <returns>Two scalars whose sum, in this order, is what <see cref="Discriminator"/> returns; null, the default, where it does not fall into terms.</returns>
    (Tensor Real, Tensor Fake)? DiscriminatorTerms(Tensor real, Tensor fake) => null;

    /// <summary>The generator's loss.</summary>
    /// <param name="real">Logits of real samples, without a graph.</param>
    /// <param name="fake">Logits of generated samples, connected to the generator.</param>
    /// <returns>A scalar to minimise.</returns>
    Tensor Generator(Tensor real, Tensor fake);
}
