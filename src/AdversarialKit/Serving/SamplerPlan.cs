namespace AdversarialKit;

/// <summary>What a sampler serves, as its caller described it.</summary>
/// <param name="Make">Makes a module of the generator's build.</param>
/// <param name="Latent">What its latents are drawn from.</param>
internal sealed record SamplerPlan(Func<SampledNetwork> Make, ILatent Latent)
{
    /// <summary>The number of class labels; null where the condition is no label, or there is none.</summary>
    public int? Classes { get; init; }

    /// <summary>A condition that is no class label; null where there is none.</summary>
    public TensorDeclaration? Condition { get; init; }

    public bool IsConditional => Classes is not null || Condition is not null;

    /// <summary>Inputs to try the generator on.</summary>
    public (Tensor Latents, Tensor? Condition) Examples(int count, SampledNetwork network)
    {
        using var random = new Generator(0);
        var latents = SamplerInputs.Draw(Latent, count, random, network);
        if (Classes is { } classes)
        {
            return (latents, tensor(Enumerable.Range(0, count).Select(i => (long)(i % classes)).ToArray()).to(network.Device));
        }

        return (latents, Condition is { } declared ? Example(declared, count, random, network) : null);
    }

    // Whole numbers may be indices: 0 is the one that there always is.
    private static Tensor Example(TensorDeclaration declared, int count, Generator random, SampledNetwork network)
    {
        long[] shape = [count, .. declared.Shape];
        return declared.Type is { } type && type is not (ScalarType.Float32 or ScalarType.Float64)
            ? zeros(shape, dtype: type, device: network.Device)
            : RandomTensors.Normal(shape, random, ScalarType.Float32, network.Device).to(declared.Type ?? network.ElementType);
    }
}
