namespace AdversarialKit;

/// <summary>A batch of real samples, with their condition where the GAN is conditional.</summary>
/// <param name="Real">Real samples <c>[N, ...]</c>, shaped as the generator's output. Remains the caller's.</param>
/// <param name="Condition">
/// One row per sample, such as class labels <c>[N]</c> (Int64); null for an unconditional GAN. Remains the caller's.
/// </param>
public readonly record struct Batch(Tensor Real, Tensor? Condition = null)
{
    /// <summary>All tensors of the batch by name, for a system whose steps ask for them so; null where there are no names.</summary>
    /// <value>Null by default: then <see cref="Real"/> is called <c>real</c> and <see cref="Condition"/> <c>condition</c>.</value>
    public IReadOnlyDictionary<string, Tensor>? Named { get; init; }

    /// <summary>A batch of named tensors, for an <see cref="AdversarialSystem"/>.</summary>
    /// <param name="tensors">Names and tensors <c>[N, ...]</c> of equally many samples; at least one. They remain the caller's.</param>
    /// <returns>The batch; its <see cref="Real"/> is the first tensor.</returns>
    /// <exception cref="ArgumentException">There is no tensor, one is null, or a name stands twice.</exception>
    public static Batch Of(params (string Name, Tensor Tensor)[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var named = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors)
        {
            if (tensor is null || !named.TryAdd(name, tensor))
            {
                throw new ArgumentException(
                    tensor is null ? $"The tensor '{name}' of the batch is null." : $"The batch has two tensors named '{name}'. Give each a name of its own.", nameof(tensors));
            }
        }

        return tensors.Length > 0
            ? new Batch(tensors[0].Tensor) { Named = named }
            : throw new ArgumentException("A batch needs at least one tensor.", nameof(tensors));
    }

    /// <summary>A batch without a condition.</summary>
    /// <param name="real">Real samples <c>[N, ...]</c>.</param>
    public static implicit operator Batch(Tensor real) => FromTensor(real);

    /// <summary>A batch without a condition.</summary>
    /// <param name="real">Real samples <c>[N, ...]</c>.</param>
    /// <returns>The batch.</returns>
    public static Batch FromTensor(Tensor real) => new(real);
}
