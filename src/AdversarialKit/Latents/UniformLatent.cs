namespace AdversarialKit;

internal sealed class UniformLatent(double low, double high, long[] shape) : ILatent
{
    public IReadOnlyList<long> Shape => shape;

    public Tensor Sample(long count, Generator random, ScalarType type, Device device) =>
        RandomTensors.Uniform([count, .. shape], random, type, device).mul_(high - low).add_(low);

    public override string ToString() => $"uniform {Text.Number(low)} to {Text.Number(high)} {Text.Sizes(shape)}";
}
