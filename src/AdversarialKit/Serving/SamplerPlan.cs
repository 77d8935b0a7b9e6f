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

        return (latents, Condition is { } declared
            ? RandomTensors.Normal([count, .. declared.Shape], random, ScalarType.Float32, network.Device).to(declared.Type ?? network.ElementType)
            : null);
    }
}
