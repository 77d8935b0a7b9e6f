using static TorchSharp.torch;

namespace AdversarialKit.Tests.Support;

/// <summary>A small network of a vector and a class label: either conditional generator or conditional discriminator.</summary>
internal sealed class LabelledModule : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly long _classes;
    private readonly nn.Module<Tensor, Tensor> layers;

    public LabelledModule(long inputs, long classes, long outputs, long width = 32)
        : base(nameof(LabelledModule))
    {
        _classes = classes;
        layers = nn.Sequential(nn.Linear(inputs + classes, width), nn.LeakyReLU(0.2), nn.Linear(width, outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input, Tensor labels) =>
        layers.call(cat([input, nn.functional.one_hot(labels, _classes).to(input.dtype)], 1));
}
