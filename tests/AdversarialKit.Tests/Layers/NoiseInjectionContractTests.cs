using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class NoiseInjectionContractTests : ModuleContract
{
    protected override bool FixedInTraining => false;

    protected override nn.Module Create() => GanLayer.NoiseInjection();

    protected override Tensor Input() => Drawn.Normal(2, 3, 4, 3);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
