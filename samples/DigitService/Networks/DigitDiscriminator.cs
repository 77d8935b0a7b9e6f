using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DigitService;

/// <summary>Images [N, 1, 28, 28] and digits [N] to logits [N, 1], by projection (Miyato and Koyama 2018).</summary>
internal sealed class DigitDiscriminator : nn.Module<Tensor, Tensor, Tensor>
{
    private const int FeatureCount = 256;
    private const double Slope = 0.2;

    private readonly Sequential _features;
    private readonly nn.Module<Tensor, Tensor, Tensor> _head;

    public DigitDiscriminator() : base(nameof(DigitDiscriminator))
    {
        _features = nn.Sequential(
            nn.PixelUnshuffle(2),
            nn.Conv2d(4, 32, 3, padding: 1),
            nn.LeakyReLU(Slope),
            nn.Conv2d(32, 64, 4, stride: 2, padding: 1),
            nn.LeakyReLU(Slope),
            nn.Flatten(),
            nn.Linear(64 * 7 * 7, FeatureCount),
            nn.LeakyReLU(Slope));
        _head = GanLayer.ProjectionHead(FeatureCount, DigitGenerator.Classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images, Tensor digits)
    {
        using var scope = NewDisposeScope();
        return _head.call(_features.call(images), digits).MoveToOuterDisposeScope();
    }
}
