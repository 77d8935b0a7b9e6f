using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Sources of real batches for <c>Gan.Fit</c>.</summary>
public static class Batches
{
    /// <summary>
    /// Batches from samples in memory, such as images as bytes: a batch is selected by index and only then converted, so
    /// that the samples stay as small as they are.
    /// </summary>
    /// <param name="samples">All samples <c>[N, ...]</c>, of any type, on any device. Remain the caller's and must stay alive.</param>
    /// <param name="batchSize">Samples in a batch, at least 1.</param>
    /// <param name="options">Labels, the way of choosing, the conversion, the seed. Default: shuffled, as they are, seed 0.</param>
    /// <returns>An endless source whose position belongs to checkpoints. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">
    /// There are no samples, or not as many labels, or fewer than a batch to shuffle.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public static TensorBatches FromTensor(Tensor samples, int batchSize, TensorBatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return new TensorBatches(samples, batchSize, options ?? new TensorBatchOptions());
    }

    /// <summary>Batches from any sequence, which is gone through once; the run ends where it ends.</summary>
    /// <param name="batches">
    /// The batches. Tensors that exist already remain the caller's; those that the sequence makes on its way are disposed
    /// with the iteration, unless <c>DetachFromDisposeScope</c> takes them out.
    /// </param>
    /// <returns>A source without epochs. A resumed run starts at the sequence's beginning.</returns>
    public static IBatchSource FromSequence(IEnumerable<Batch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return new SequenceBatches(batches);
    }

    /// <summary>Batches of named tensors for an <see cref="AdversarialSystem"/>, one from each source: two domains that know nothing of each other, say.</summary>
    /// <param name="sources">
    /// A name for each source, and where its tensors come from: those of <see cref="Batch.Real"/>; conditions are left out. Remain the caller's.
    /// Their batches must be of one size.
    /// </param>
    /// <returns>
    /// A source that ends where the first of them ends, and whose epoch is that of the first one named. Its position belongs to checkpoints if
    /// that of each of them does.
    /// </returns>
    /// <exception cref="ArgumentException">There is no source, one is null, a name is empty, has a slash or stands twice, or a source stands twice.</exception>
    public static IBatchSource Together(params (string Name, IBatchSource Source)[] sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        JoinedBatches.Check(sources);
        return sources.All(entry => entry.Source is IStateful) ? new ResumableJoinedBatches(sources) : new JoinedBatches(sources);
    }

    /// <summary>Batches from TorchSharp's loader, epoch after epoch. Never ends.</summary>
    /// <param name="loader">The loader. Remains the caller's.</param>
    /// <param name="options">Which entries to take. Default: <c>data</c>, without a condition.</param>
    /// <returns>
    /// A source whose order belongs to the loader: TorchSharp cannot say where it stands, so a resumed run starts a new
    /// epoch. For resuming bit for bit use <see cref="FromTensor"/>.
    /// </returns>
    public static IBatchSource FromDataLoader(DataLoader loader, DataLoaderBatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return new LoaderBatches(loader, options ?? new DataLoaderBatchOptions());
    }
}
