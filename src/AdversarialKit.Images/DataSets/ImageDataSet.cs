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

    /// <summary>A data set of pictures in memory.</summary>
    /// <param name="images">Pictures <c>[N, C, H, W]</c>: bytes, or floats in [-1, 1], which are rounded to bytes. Remain the caller's; bytes on the CPU are not copied.</param>
    /// <param name="labels">The class of each, Int64 <c>[N]</c>, places in <paramref name="classNames"/>. Default: null, there are no classes. Remain the caller's.</param>
    /// <param name="classNames">The classes' names; given if and only if labels are.</param>
    /// <returns>The data set, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">A shape or type is wrong, a label is no place in the names, or one of labels and names is missing.</exception>
    public static ImageDataSet From(Tensor images, Tensor? labels = null, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4 || images.shape.Any(size => size < 1) || !(images.dtype == ScalarType.Byte || images.is_floating_point()))
        {
            throw new ArgumentException(
                $"Pictures must be bytes or floating-point numbers [N, C, H, W]; got {images.dtype} [{string.Join(", ", images.shape)}].", nameof(images));
        }

        DataSetLabels.Check(images.shape[0], labels, classNames);
        using var scope = NewDisposeScope();
        var known = labels?.cpu().contiguous().alias() ?? zeros(images.shape[0], dtype: ScalarType.Int64);
        return new ImageDataSet(PictureBytes.From(images).DetachFromDisposeScope(), known.DetachFromDisposeScope(), [.. classNames ?? []]);
    }

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
            Transform = PictureBytes.ToUnitRange,
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
            Transform = PictureBytes.ToUnitRange,
            Collective = collective,
        });

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
