using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class PatchDiscriminatorContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.PatchDiscriminator(1, filters: 1, halvings: 2);

    protected override Tensor Input() => Drawn.Normal(2, 1, 16, 16);

    protected override Tensor Forward(nn.Module layer, Tensor input) => ((nn.Module<Tensor, Tensor>)layer).call(input);
}
