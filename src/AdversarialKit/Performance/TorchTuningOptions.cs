namespace AdversarialKit;

/// <summary>What <see cref="TorchTuning.Apply"/> may change.</summary>
public sealed record TorchTuningOptions
{
    /// <summary>
    /// Whether glibc keeps freed memory for the next iteration instead of giving it back to the kernel. Linux alone.
    /// </summary>
    /// <value>Default: true.</value>
    public bool Allocator { get; init; } = true;

    /// <summary>
    /// Whether float32 matrix products on the CPU may go through oneDNN instead of MKL, if that is faster here and as exact.
    /// </summary>
    /// <value>Default: true.</value>
    public bool Float32Products { get; init; } = true;

    /// <summary>
    /// Whether the number of threads is measured. It stays as it is where the environment variable <c>OMP_NUM_THREADS</c>
    /// or <c>MKL_NUM_THREADS</c> gives it.
    /// </summary>
    /// <value>Default: true. Choose false after <c>torch.set_num_threads</c>, or to get the same bits from every start on a busy machine.</value>
    public bool Threads { get; init; } = true;
}
