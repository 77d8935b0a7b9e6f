using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class EqualizedConv2dContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.EqualizedConv2d(2, 3, 3, stride: 2, padding: 1);

    protected override Tensor Input() => Drawn.Normal(2, 2, 4, 4);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
