using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Reporting;

/// <summary>Images of 6 x 6 and one of three labels to a logit.</summary>
internal sealed class LabelledDiscriminator : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Linear _logit = nn.Linear(36, 1);
    private readonly Embedding _label = nn.Embedding(3, 1);

    public LabelledDiscriminator()
        : base(nameof(LabelledDiscriminator)) => RegisterComponents();

    public override Tensor forward(Tensor images, Tensor labels) => _logit.call(images.flatten(1)) + _label.call(labels);
}
