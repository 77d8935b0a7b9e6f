namespace AdversarialKit;

internal sealed class UniformLatent(double low, double high, long[] shape) : ILatent
{
    public IReadOnlyList<long> Shape => shape;

    public Tensor Sample(long count, Generator random, ScalarType type, Device device)
    {
        using var width = (high - low).ToScalar();
        using var start = low.ToScalar();
        return RandomTensors.Uniform([count, .. shape], random, type, device).mul_(width).add_(start);
    }

    public override string ToString() => $"uniform {Text.Number(low)} to {Text.Number(high)} {Text.Sizes(shape)}";
}
