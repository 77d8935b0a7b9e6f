using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class ModulatedConv2dContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.ModulatedConv2d(2, 3, 3);

    protected override Tensor Input() => Drawn.Normal(2, 2, 3, 3);

    protected override Tensor Forward(nn.Module layer, Tensor input)
    {
        using var drawn = Drawn.Normal(2, 2);
        using var style = drawn.to(input.dtype);
        return ((nn.Module<Tensor, Tensor, Tensor>)layer).call(input, style);
    }
}
