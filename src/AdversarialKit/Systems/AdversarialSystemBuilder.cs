namespace AdversarialKit;

/// <summary>Stub.</summary>
public sealed class AdversarialSystemBuilder
{
    /// <summary>Stub.</summary>
    /// <param name="sampler">Stub.</param>
    /// <returns>Stub.</returns>
    public AdversarialSystemBuilder WithSampler(Func<SamplingContext, Tensor> sampler) => this;
}
