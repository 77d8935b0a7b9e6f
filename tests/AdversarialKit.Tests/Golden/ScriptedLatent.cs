using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

/// <summary>Hands out recorded latents in the order in which they were recorded.</summary>
internal sealed class ScriptedLatent(long size) : ILatent
{
    private readonly Queue<Tensor> _recorded = [];

    public IReadOnlyList<long> Shape => [size];

    public void Enqueue(Tensor latents) => _recorded.Enqueue(latents);

    // The dry run of Build() comes before anything was recorded.
    public Tensor Sample(long count, Generator random, ScalarType type, Device device) =>
        _recorded.Count == 0 ? zeros(count, size, dtype: type) : _recorded.Dequeue();
}
