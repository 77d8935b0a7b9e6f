namespace AdversarialKit;

/// <summary>Several samples side by side as one input of the discriminator, and apart again.</summary>
internal readonly record struct Packing(int Samples)
{
    /// <summary><c>[N, C, ...]</c> to <c>[N / k, k C, ...]</c>.</summary>
    public Tensor Join(Tensor samples) => Samples == 1 ? samples : Reshape(samples, samples.size(0) / Samples, samples.size(1) * Samples);

    /// <summary>And back.</summary>
    public Tensor Part(Tensor packs) => Samples == 1 ? packs : Reshape(packs, packs.size(0) * Samples, packs.size(1) / Samples);

    private static Tensor Reshape(Tensor tensor, long count, long channels)
    {
        var shape = tensor.shape;
        (shape[0], shape[1]) = (count, channels);
        return tensor.reshape(shape);
    }
}
