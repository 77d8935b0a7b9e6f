using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

/// <summary>A careless module: in inference mode too it counts in a buffer and draws from torch's shared generator, without using either.</summary>
internal sealed class OwnWithState : nn.Module<Tensor, Tensor>, IOnnxModule
{
    private Tensor _count = zeros(1).DetachFromDisposeScope();

    public OwnWithState()
        : base(nameof(OwnWithState)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        using var noGraph = no_grad();
        using var drawn = rand(3);
        _count.add_(1);
        return input.alias();
    }

    public OnnxValue Write(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs) => inputs[0];
}
