using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class ReflectionResidualContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.ReflectionResidual(2, affine: true);

    protected override Tensor Input() => Drawn.Normal(2, 2, 3, 4);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
