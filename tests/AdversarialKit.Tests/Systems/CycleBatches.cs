using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

/// <summary>Batches for a <see cref="CyclePair"/> without an end, whose position is part of checkpoints.</summary>
internal sealed class CycleBatches : IBatchSource, IStateful
{
    private int _next;

    public Batch? NextBatch() => CyclePair.Batch(_next++);

    public IReadOnlyDictionary<string, Tensor> GetState() => new Dictionary<string, Tensor> { ["next"] = tensor((long)_next) };

    public void SetState(IReadOnlyDictionary<string, Tensor> state) =>
        _next = state.TryGetValue("next", out var next) ? (int)next.item<long>() : throw new ArgumentException("The state lacks 'next'.");
}
