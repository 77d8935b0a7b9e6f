namespace AdversarialKit.Benchmarks;

internal sealed class TimedLatent(ILatent inner, Timeline timeline) : ILatent
{
    public IReadOnlyList<long> Shape => inner.Shape;

    public Tensor Sample(long count, Generator random, ScalarType type, Device device)
    {
        timeline.Mark(Phase.Rest);
        var latents = inner.Sample(count, random, type, device);
        timeline.Mark(Phase.Latents);
        return latents;
    }
}
