using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Reporting;

/// <summary>Latents of 4 and one of three labels to images of 6 x 6.</summary>
internal sealed class LabelledGenerator : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Linear _pixels = nn.Linear(4, 36);
    private readonly Embedding _label = nn.Embedding(3, 36);

    public LabelledGenerator()
        : base(nameof(LabelledGenerator)) => RegisterComponents();

    public override Tensor forward(Tensor latents, Tensor labels) =>
        (_pixels.call(latents) + _label.call(labels)).tanh().reshape(-1, 1, 6, 6);
}
