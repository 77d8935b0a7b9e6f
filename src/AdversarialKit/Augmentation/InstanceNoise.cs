namespace AdversarialKit;

internal sealed class InstanceNoise(double sigma, long decayIterations) : IAugmentation
{
    public Tensor Augment(Tensor images, AugmentationContext context)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (!images.is_floating_point())
        {
            throw new ArgumentException(
                $"Instance noise was given samples of type {images.dtype}; they must be floating-point. "
                + "Convert them with 'images.to(ScalarType.Float32)'.",
                nameof(images));
        }

        // sigma(t) = sigma * max(0, 1 - t / T)
        var now = sigma * Math.Max(0, 1 - (context.Iteration / (double)decayIterations));
        if (now == 0)
        {
            return images.alias();
        }

        using var scope = NewDisposeScope();
        var noise = RandomTensors.Normal(images.shape, context.Random, images.dtype, images.device);
        return (images + (noise * now)).MoveToOuterDisposeScope();
    }

    public override string ToString() => $"InstanceNoise(sigma: {Text.Number(sigma)}, decayIterations: {decayIterations})";
}
