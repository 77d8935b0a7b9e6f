using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SpectralLinearContractTests : ModuleContract
{
    protected override bool FixedInTraining => false;

    protected override nn.Module Create() => SpectralNorm.Linear(3, 2);

    protected override Tensor Input() => Drawn.Normal(4, 3);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
