using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class EqualizedLinearContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.EqualizedLinear(3, 4, learningRateMultiplier: 0.5);

    protected override Tensor Input() => Drawn.Normal(2, 3);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
