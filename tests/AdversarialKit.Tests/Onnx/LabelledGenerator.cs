using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

/// <summary>A generator with every way in which a label comes in: one-hot, embedded, and in a normalization.</summary>
internal sealed class LabelledGenerator : nn.Module<Tensor, Tensor, Tensor>, IOnnxModule
{
    public const int Classes = 3;

    private readonly nn.Module<Tensor, Tensor> embedding = nn.Embedding(Classes, 2);
    private readonly nn.Module<Tensor, Tensor> first = nn.Sequential(nn.Linear(4 + Classes + 2, 8), nn.LeakyReLU(0.2));
    private readonly nn.Module<Tensor, Tensor, Tensor> norm = GanLayer.ConditionalBatchNorm1d(8, Classes);
    private readonly nn.Module<Tensor, Tensor> last = nn.Linear(8, 6);

    public LabelledGenerator()
        : base(nameof(LabelledGenerator)) => RegisterComponents();

    public override Tensor forward(Tensor input, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var oneHot = nn.functional.one_hot(labels, Classes).to(input.dtype);
        var hidden = first.call(cat([input, oneHot, embedding.call(labels)], 1));
        return last.call(norm.call(hidden, labels)).MoveToOuterDisposeScope();
    }

    public OnnxValue Write(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs)
    {
        var labels = inputs[1];
        var joined = graph.Concat(1, inputs[0], graph.OneHot(labels, Classes), graph.Call(embedding, labels));
        return graph.Call(last, graph.Call(norm, graph.Call(first, joined), labels));
    }
}
