using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

/// <summary>A module of one's own: twice a hidden layer, by a forward that nobody sees and a Write that may say something else.</summary>
internal sealed class OwnModule : nn.Module<Tensor, Tensor>, IOnnxModule
{
    private readonly double _written;
    private readonly nn.Module<Tensor, Tensor> hidden = nn.Linear(4, 4);

    public OwnModule(double written = 2)
        : base(nameof(OwnModule))
    {
        _written = written;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => hidden.call(hidden.call(input)) * 2;

    public OnnxValue Write(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs) =>
        graph.Multiply(graph.Call(hidden, graph.Call(hidden, inputs[0])), graph.Constant(_written));
}
