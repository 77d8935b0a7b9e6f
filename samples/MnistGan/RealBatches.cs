using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Draws real batches by index, uniformly and with replacement, as the Keras script does.</summary>
internal sealed class RealBatches(Dataset dataset, int batchSize, long seed) : IDisposable
{
    private readonly Generator _random = new(unchecked((ulong)seed));

    /// <summary>Images [N, 1, 28, 28] in [-1, 1], x / 127.5 - 1; the caller disposes them.</summary>
    public Tensor Next()
    {
        using var scope = NewDisposeScope();
        var indices = randint(dataset.Images.shape[0], batchSize, dtype: ScalarType.Int64, generator: _random);
        return dataset.Images.index_select(0, indices)
            .to(ScalarType.Float32).div_(127.5).sub_(1).unsqueeze_(1)
            .MoveToOuterDisposeScope();
    }

    public void Dispose() => _random.Dispose();
}
