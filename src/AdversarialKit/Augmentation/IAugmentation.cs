namespace AdversarialKit;

/// <summary>A differentiable change of the discriminator's input, applied to real samples and fakes alike in both steps.</summary>
public interface IAugmentation
{
    /// <summary>Augments a batch.</summary>
    /// <param name="images">A batch <c>[N, ...]</c>; must not be changed in place.</param>
    /// <param name="context">The source of randomness and the iteration.</param>
    /// <returns>A batch of the same shape, through which gradients flow to <paramref name="images"/>.</returns>
    Tensor Augment(Tensor images, AugmentationContext context);

    /// <summary>Told after every iteration how the discriminator fared on real samples, for augmentations that adapt.</summary>
    /// <param name="realSign">Mean sign of the real logits, -1 to 1.</param>
    /// <param name="batchSize">Number of real samples it was measured on.</param>
    void Observe(double realSign, long batchSize)
    {
    }

    /// <summary>What a user should know about this augmentation on samples of a given shape, told when a GAN is built.</summary>
    /// <param name="sampleShape">The shape of one sample, <c>[C, H, W]</c> for images.</param>
    /// <returns>Whole sentences for the log, such as that a change does nothing on one channel. Default: none.</returns>
    IReadOnlyList<string> Remarks(IReadOnlyList<long> sampleShape) => [];
}
