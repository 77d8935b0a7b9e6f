namespace AdversarialKit.Benchmarks;

/// <summary>Random pixels in the place of a data set: 60,000 images of bytes, drawn by index, scaled to [-1, 1].</summary>
internal sealed class RealImages(Workload workload) : IDisposable
{
    private const int Count = 60_000;

    private readonly Tensor _images = randint(0, 256, [Count, .. workload.SampleShape], ScalarType.Byte);

    public Tensor Next()
    {
        using var scope = NewDisposeScope();
        var indices = randint(Count, workload.Batch, ScalarType.Int64);
        return _images.index_select(0, indices).to(ScalarType.Float32).div_(127.5).sub_(1).MoveToOuterDisposeScope();
    }

    public void Dispose() => _images.Dispose();
}
