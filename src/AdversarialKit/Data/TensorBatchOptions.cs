namespace AdversarialKit;

/// <summary>How <see cref="Batches.FromTensor"/> makes batches.</summary>
public sealed record TensorBatchOptions
{
    /// <summary>A condition for each sample, such as class labels <c>[N]</c> (Int64). Remains the caller's and must stay alive.</summary>
    /// <value>Null by default: the GAN is unconditional.</value>
    public Tensor? Labels { get; init; }

    /// <summary>How samples are chosen.</summary>
    /// <value><see cref="Sampling.Shuffled"/> by default.</value>
    public Sampling Sampling { get; init; }

    /// <summary>
    /// Turns selected samples into what the networks take, such as bytes into floats of [-1, 1]. What it makes is disposed
    /// with the iteration.
    /// </summary>
    /// <value>Null by default: they are taken as they are.</value>
    public Func<Tensor, Tensor>? Transform { get; init; }

    /// <summary>Start of the source's own random sequence.</summary>
    /// <value>0 by default.</value>
    public long Seed { get; init; }

    /// <summary>
    /// The ranks that part every batch among them: each takes its own samples of the same order, as one process with a batch of all of them
    /// would. What does not fill a batch of all ranks at the end of an epoch is left out, as in one process.
    /// </summary>
    /// <value>Null by default: the batches are those of one process.</value>
    public ICollective? Collective { get; init; }
}
