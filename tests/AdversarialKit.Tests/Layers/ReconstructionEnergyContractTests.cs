using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class ReconstructionEnergyContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.ReconstructionEnergy(nn.Sequential(nn.Linear(4, 2), nn.Tanh(), nn.Linear(2, 4)), squared: true);

    protected override Tensor Input() => Drawn.Normal(3, 4);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
