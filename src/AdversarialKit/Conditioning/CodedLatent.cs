namespace AdversarialKit;

/// <summary>A latent vector of noise with a code behind it.</summary>
internal sealed class CodedLatent(ILatent noise, LatentCode code) : ILatent
{
    public IReadOnlyList<long> Shape { get; } = [noise.Shape[0] + code.Size];

    public Tensor Sample(long count, Generator random, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        return cat([noise.Sample(count, random, type, device), code.Sample(count, random, type, device)], 1)
            .MoveToOuterDisposeScope();
    }

    public override string ToString() => $"{noise} and a code of {code.Size}";
}
