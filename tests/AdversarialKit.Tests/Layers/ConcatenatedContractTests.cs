using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class ConcatenatedContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.Concatenated(nn.Conv2d(2, 3, 3, padding: 1));

    protected override Tensor Input() => Drawn.Normal(2, 2, 3, 3);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
