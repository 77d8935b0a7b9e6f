using static TorchSharp.torch;

namespace AdversarialKit.Tests.Support;

/// <summary>A layer that throws at a chosen forward pass.</summary>
internal sealed class FailingLayer() : nn.Module<Tensor, Tensor>(nameof(FailingLayer))
{
    public int FailAt { get; set; } = int.MaxValue;

    public int Calls { get; private set; }

    public override Tensor forward(Tensor input) =>
        ++Calls >= FailAt ? throw new InvalidOperationException("broken on purpose") : input.alias();
}
