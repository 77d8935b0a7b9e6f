using AdversarialKit;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Draws real batches by index, uniformly and with replacement, as the Keras script does.</summary>
internal sealed class RealBatches(Dataset dataset, int batchSize, long seed, bool withDigits = false) : IDisposable
{
    private readonly Generator _random = new(unchecked((ulong)seed));

    /// <summary>
    /// Images [N, 1, 28, 28] in [-1, 1], x / 127.5 - 1, and the digits on them where they are wanted; the caller's dispose
    /// scope frees them.
    /// </summary>
    public Batch Next()
    {
        using var scope = NewDisposeScope();
        var indices = randint(dataset.Images.shape[0], batchSize, dtype: ScalarType.Int64, generator: _random);
        var images = dataset.Images.index_select(0, indices)
            .to(ScalarType.Float32).div_(127.5).sub_(1).unsqueeze_(1)
            .MoveToOuterDisposeScope();
        return new Batch(images, withDigits ? dataset.Labels.index_select(0, indices).MoveToOuterDisposeScope() : null);
    }

    public void Dispose() => _random.Dispose();
}
