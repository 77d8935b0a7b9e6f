namespace AdversarialKit;

internal sealed class DiffAugmentation(DiffAugmentPipeline pipeline) : IAugmentation
{
    public Tensor Augment(Tensor images, AugmentationContext context)
    {
        ArgumentNullException.ThrowIfNull(images);
        return pipeline.Apply(images, context.Random, probability: 1);
    }

    public IReadOnlyList<string> Remarks(IReadOnlyList<long> sampleShape) => pipeline.Remarks(sampleShape);

    public override string ToString() => $"DiffAugment({pipeline})";
}
