using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class ResidualContractTests : ModuleContract
{
    protected override nn.Module Create() =>
        GanLayer.Residual(nn.Sequential(nn.LeakyReLU(0.2), nn.Conv2d(3, 3, 3, padding: 1)));

    protected override Tensor Input() => Drawn.Normal(2, 3, 4, 4);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
