using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Hands out this rank's part of the latents of a whole batch, in the order in which they were scripted.</summary>
/// <param name="size">Numbers in a latent.</param>
/// <param name="first">Where the part begins in the batch.</param>
internal sealed class PartLatent(long size, long first) : ILatent
{
    private readonly Queue<Tensor> _whole = [];

    public IReadOnlyList<long> Shape => [size];

    public void Enqueue(Tensor latents) => _whole.Enqueue(latents);

    // The dry run of Build() comes before anything was scripted.
    public Tensor Sample(long count, Generator random, ScalarType type, Device device) =>
        _whole.Count == 0 ? zeros(count, size, dtype: type) : _whole.Dequeue().to(type).narrow(0, first, count);
}
