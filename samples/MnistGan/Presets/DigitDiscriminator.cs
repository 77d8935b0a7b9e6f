using AdversarialKit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Images [N, 1, 28, 28] and digits [N] to logits [N, 1], by projection (Miyato and Koyama 2018).</summary>
internal sealed class DigitDiscriminator : nn.Module<Tensor, Tensor, Tensor>
{
    // Unit variance, torch's own choice, would let 128 features start with logits beyond 10.
    private const double EmbeddingDeviation = 0.1;
    private readonly Sequential _features;
    private readonly nn.Module<Tensor, Tensor, Tensor> _head;

    public DigitDiscriminator(torch.Generator random) : base(nameof(DigitDiscriminator))
    {
        _features = ModernNetworks.Features(random);
        _head = GanLayer.ProjectionHead(ModernNetworks.FeatureCount, ModernNetworks.Classes);
        Initialize.GlorotUniform(_head, random);
        using (no_grad())
        {
            // The initialisers leave embeddings alone, and torch's own draw would not follow --seed.
            _head.get_parameter("embedding.weight")!.normal_(0, EmbeddingDeviation, random);
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor images, Tensor digits)
    {
        using var scope = NewDisposeScope();
        return _head.call(_features.call(images), digits).MoveToOuterDisposeScope();
    }
}
