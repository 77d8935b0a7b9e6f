using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class MinibatchStdDevContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.MinibatchStdDev(groupSize: 2, features: 2);

    protected override Tensor Input() => Drawn.Normal(4, 4, 2, 2);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
