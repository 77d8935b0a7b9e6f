namespace AdversarialKit;

/// <summary>A latent of no numbers, for a generator of its condition alone.</summary>
internal sealed class NoLatent : ILatent
{
    public IReadOnlyList<long> Shape { get; } = [0];

    public Tensor Sample(long count, Generator random, ScalarType type, Device device) => zeros(count, 0, dtype: type, device: device);

    public override string ToString() => "no latent";
}
