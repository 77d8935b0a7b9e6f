namespace AdversarialKit;

/// <summary>What <see cref="TorchTuning.Apply"/> may change.</summary>
public sealed record TorchTuningOptions
{
    /// <summary>
    /// Whether torch's threads sleep soon when they wait for each other, instead of turning idly for milliseconds: what makes several threads
    /// slow where other programs want the processors. Changes no bit. Linux alone, and only if torch is not loaded yet; it stays as it is where
    /// the environment variable <c>OMP_WAIT_POLICY</c> or <c>GOMP_SPINCOUNT</c> gives it. It cannot be put back.
    /// </summary>
    /// <value>Default: true.</value>
    public bool Waiting { get; init; } = true;

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
    /// <value>
    /// Default: true. Choose false after <c>torch.set_num_threads</c>, before <see cref="TorchTuning.ChooseThreads(Gan, ReadOnlySpan{Batch})"/>, which measures the GAN
    /// itself, or to get the same bits from every start on a busy machine.
    /// </value>
    public bool Threads { get; init; } = true;
}
