namespace AdversarialKit;

/// <summary>
/// Latents of a <see cref="RowGenerator"/>: normal numbers that it makes rows of, and behind them uniform ones by which it draws codes. So all
/// of a fit's randomness comes from the GAN's seed, none from the generator that torch shares.
/// </summary>
internal sealed class RowLatent(int normal, int uniform) : ILatent
{
    // Logarithms of both ends would be infinite.
    private static readonly Scalar Least = 1e-6.ToScalar();
    private static readonly Scalar Most = (1 - 1e-6).ToScalar();

    public IReadOnlyList<long> Shape { get; } = [normal + uniform];

    public Tensor Sample(long count, Generator random, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        var drawn = cat(
            [randn([count, normal], dtype: type, generator: random), rand([count, uniform], dtype: type, generator: random).clamp_(Least, Most)], 1);
        return drawn.to(device).MoveToOuterDisposeScope();
    }
}
