using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class MappingNetworkContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.MappingNetwork(3, 4, layers: 2, learningRateMultiplier: 0.5);

    protected override Tensor Input() => Drawn.Normal(2, 3);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
