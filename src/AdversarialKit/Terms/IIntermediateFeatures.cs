namespace AdversarialKit;

/// <summary>A discriminator that shows what it computes on its way to the logits, for feature matching. Implemented by the module.</summary>
public interface IIntermediateFeatures
{
    /// <summary>The features of a batch.</summary>
    /// <param name="samples">Samples <c>[N, ...]</c>, as the discriminator takes them.</param>
    /// <param name="condition">Their condition, for a conditional GAN; else null.</param>
    /// <returns>One or several tensors <c>[N, ...]</c> with a graph to <paramref name="samples"/>, from early to late layers.</returns>
    IReadOnlyList<Tensor> Features(Tensor samples, Tensor? condition);
}
