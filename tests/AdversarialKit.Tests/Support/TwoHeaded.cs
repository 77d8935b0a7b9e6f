using static TorchSharp.torch;

namespace AdversarialKit.Tests.Support;

/// <summary>A discriminator that returns logits and a second output.</summary>
internal sealed class TwoHeaded : nn.Module<Tensor, (Tensor, Tensor)>
{
    private readonly nn.Module<Tensor, Tensor> trunk;
    private readonly nn.Module<Tensor, Tensor> logits;
    private readonly nn.Module<Tensor, Tensor> auxiliary;

    public TwoHeaded(long inputs, long outputs, long width = 32)
        : base(nameof(TwoHeaded))
    {
        trunk = nn.Sequential(nn.Linear(inputs, width), nn.LeakyReLU(0.2), nn.Linear(width, width), nn.LeakyReLU(0.2));
        logits = nn.Linear(width, 1);
        auxiliary = nn.Linear(width, outputs);
        RegisterComponents();
    }

    public override (Tensor, Tensor) forward(Tensor input)
    {
        using var features = trunk.call(input);
        return (logits.call(features), auxiliary.call(features));
    }
}
