namespace AdversarialKit;

/// <summary>Inputs, and what libtorch made of them.</summary>
internal sealed record TorchRun(IReadOnlyList<HostTensor> Inputs, HostTensor Output);
