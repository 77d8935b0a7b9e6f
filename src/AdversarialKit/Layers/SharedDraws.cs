namespace AdversarialKit;

/// <summary>
/// Draws of layers, from the generator that torch shares among all who name none, as dropout does: its state is in checkpoints.
/// On the CPU, whatever the device, because only that state is, and so a seed gives the same numbers everywhere.
/// </summary>
internal static class SharedDraws
{
    // Of the thread: what others draw meanwhile, such as a training, is theirs.
    [ThreadStatic]
    private static Generator? _lent;

    /// <summary>Until disposed, layers draw from another generator on this thread.</summary>
    public static Loan Lend(Generator generator)
    {
        _lent = generator;
        return default;
    }

    public static Tensor Normal(long[] shape, Tensor like) => Fit(randn(shape, dtype: TypeFor(like), generator: _lent), like);

    /// <summary>From Gumbel's distribution: the negated logarithm of an exponential draw.</summary>
    public static Tensor Gumbel(long[] shape, Tensor like)
    {
        // A draw of 0 would be infinite.
        using var smallestNormal = 1.18e-38.ToScalar();
        return Fit(empty(shape, dtype: TypeFor(like)).exponential_(generator: _lent).clamp_min_(smallestNormal).log_().neg_(), like);
    }

    // Half precision has too few numbers to draw from.
    private static ScalarType TypeFor(Tensor like) => like.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    private static Tensor Fit(Tensor drawn, Tensor like) => drawn.to(like.dtype).to(like.device);

    internal readonly struct Loan : IDisposable
    {
        public void Dispose() => _lent = null;
    }
}
