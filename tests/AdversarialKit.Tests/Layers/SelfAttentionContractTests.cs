using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SelfAttentionContractTests : ModuleContract
{
    protected override nn.Module Create()
    {
        var module = GanLayer.SelfAttention(4, spectralNorm: false, reduction: 2);

        // At its start of 0 the attention would have no say in output or gradients.
        using var noGrad = no_grad();
        module.get_parameter("gamma")!.fill_(0.7);
        return module;
    }

    protected override Tensor Input() => Drawn.Normal(2, 4, 2, 2);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
