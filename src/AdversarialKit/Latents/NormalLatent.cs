namespace AdversarialKit;

internal sealed class NormalLatent(long[] shape) : ILatent
{
    public IReadOnlyList<long> Shape => shape;

    public Tensor Sample(long count, Generator random, ScalarType type, Device device) =>
        RandomTensors.Normal([count, .. shape], random, type, device);

    public override string ToString() => $"normal {Text.Sizes(shape)}";
}
