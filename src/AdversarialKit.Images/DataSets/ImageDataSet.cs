namespace AdversarialKit;

/// <summary>Labelled images in memory; owns its tensors.</summary>
public sealed class ImageDataSet : IDisposable
{
    internal ImageDataSet(Tensor images, Tensor labels, IReadOnlyList<string> classNames) => (Images, Labels, ClassNames) = (images, labels, classNames);

    /// <summary>The images as bytes <c>[N, C, H, W]</c>, 0 (black) to 255.</summary>
    public Tensor Images { get; }

    /// <summary>The class of each image, Int64 <c>[N]</c>: a place in <see cref="ClassNames"/>.</summary>
    public Tensor Labels { get; }

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Batches of float32 images in [-1, 1], shuffled, on the CPU.</summary>
    /// <param name="batchSize">Images in a batch, at least 1.</param>
    /// <param name="withLabels">Whether batches have the labels as their condition, for a conditional GAN. Default: false.</param>
    /// <param name="seed">Start of the source's own random sequence. Default: 0.</param>
    /// <returns>An endless source whose position belongs to checkpoints. The caller disposes it, before the data set.</returns>
    /// <exception cref="ArgumentException">There are fewer images than a batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public TensorBatches ToBatches(int batchSize, bool withLabels = false, long seed = 0) => Batches.FromTensor(
        Images,
        batchSize,
        new TensorBatchOptions
        {
            Labels = withLabels ? Labels : null,
            Seed = seed,
            Transform = ToUnitRange,
        });

    /// <summary>The same, each batch parted among the ranks of a collective; see <see cref="TensorBatchOptions.Collective"/>.</summary>
    /// <param name="batchSize">Images in a batch of each rank, at least 1.</param>
    /// <param name="collective">The ranks.</param>
    /// <param name="withLabels">Whether batches have the labels as their condition, for a conditional GAN. Default: false.</param>
    /// <param name="seed">Start of the random sequence that all ranks share. Default: 0.</param>
    /// <returns>An endless source whose position belongs to checkpoints. The caller disposes it, before the data set.</returns>
    /// <exception cref="ArgumentException">There are fewer images than a batch of all ranks.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public TensorBatches ToBatches(int batchSize, ICollective collective, bool withLabels = false, long seed = 0) => Batches.FromTensor(
        Images,
        batchSize,
        new TensorBatchOptions
        {
            Labels = withLabels ? Labels : null,
            Seed = seed,
            Transform = ToUnitRange,
            Collective = collective,
        });

    // TorchSharp lets go of a number before native code has read it: these are held for good.
    private static readonly Scalar _half = 127.5.ToScalar();
    private static readonly Scalar _one = 1.ToScalar();

    private static Tensor ToUnitRange(Tensor images) => images.to(ScalarType.Float32).div(_half).sub(_one);

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
