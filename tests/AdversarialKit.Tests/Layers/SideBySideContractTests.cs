using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SideBySideContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.SideBySide(nn.Conv2d(5, 3, 3, padding: 1));

    protected override Tensor Input() => Drawn.Normal(2, 2, 3, 3);

    protected override Tensor Forward(nn.Module layer, Tensor input)
    {
        using var condition = ones(2, 3, 3, 3);
        return ((nn.Module<Tensor, Tensor, Tensor>)layer).call(input, condition);
    }
}
