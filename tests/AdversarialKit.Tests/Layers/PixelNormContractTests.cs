using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class PixelNormContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.PixelNorm();

    protected override Tensor Input() => Drawn.Normal(2, 3, 2, 2);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
