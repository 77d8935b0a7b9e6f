namespace AdversarialKit;

/// <summary>
/// Gives real batches to <c>Gan.Fit</c>. One that implements <see cref="IStateful"/> as well is part of checkpoints, and a
/// resumed run goes on at the very next batch.
/// </summary>
public interface IBatchSource
{
    /// <summary>How many batches make an epoch.</summary>
    /// <value>Null by default: not known, or there are no epochs.</value>
    long? BatchesPerEpoch => null;

    /// <summary>
    /// What all ranks of a collective must have in common for their parts of the data not to overlap, in words: <c>Fit</c> refuses ranks that
    /// say different things.
    /// </summary>
    /// <value>Null by default: each rank has data of its own, or there is one process.</value>
    string? SharedData => null;

    /// <summary>
    /// The next batch. Called on the thread that trains, inside a dispose scope that ends with the iteration: tensors made
    /// during the call go with it, unless <c>DetachFromDisposeScope</c> takes them out.
    /// </summary>
    /// <returns>The batch, or null where there are no more.</returns>
    Batch? NextBatch();
}
