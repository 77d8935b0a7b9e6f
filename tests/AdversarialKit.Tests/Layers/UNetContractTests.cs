using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class UNetContractTests : ModuleContract
{
    protected override bool FixedInTraining => false;

    protected override nn.Module Create() => GanLayer.UNet(1, 1, levels: 2, filters: 1);

    protected override Tensor Input() => Drawn.Normal(2, 1, 4, 4);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
