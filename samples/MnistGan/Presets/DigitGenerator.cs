using AdversarialKit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Latents [N, 16] and digits [N] to images [N, 1, 28, 28]: the digit enters as ten numbers, of which one is 1.</summary>
internal sealed class DigitGenerator : nn.Module<Tensor, Tensor, Tensor>, IOnnxModule
{
    private readonly Sequential _images;

    public DigitGenerator(torch.Generator random) : base(nameof(DigitGenerator))
    {
        _images = ModernNetworks.Images(ModernNetworks.LatentSize + ModernNetworks.Classes, random);
        RegisterComponents();
    }

    public override Tensor forward(Tensor latents, Tensor digits)
    {
        using var scope = NewDisposeScope();
        var oneHot = nn.functional.one_hot(digits, ModernNetworks.Classes).to(latents.dtype);
        return _images.call(cat([latents, oneHot], 1)).MoveToOuterDisposeScope();
    }

    /// <summary>The same in ONNX's operations.</summary>
    public OnnxValue Write(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs) =>
        graph.Call(_images, graph.Concat(1, inputs[0], graph.OneHot(inputs[1], ModernNetworks.Classes)));
}
