namespace AdversarialKit;

/// <summary>A batch of real samples, with their condition where the GAN is conditional.</summary>
/// <param name="Real">Real samples <c>[N, ...]</c>, shaped as the generator's output. Remains the caller's.</param>
/// <param name="Condition">
/// One row per sample, such as class labels <c>[N]</c> (Int64); null for an unconditional GAN. Remains the caller's.
/// </param>
public readonly record struct Batch(Tensor Real, Tensor? Condition = null)
{
    /// <summary>A batch without a condition.</summary>
    /// <param name="real">Real samples <c>[N, ...]</c>.</param>
    public static implicit operator Batch(Tensor real) => FromTensor(real);

    /// <summary>A batch without a condition.</summary>
    /// <param name="real">Real samples <c>[N, ...]</c>.</param>
    /// <returns>The batch.</returns>
    public static Batch FromTensor(Tensor real) => new(real);
}
