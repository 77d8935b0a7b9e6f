using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class ProjectionHeadContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.ProjectionHead(3, 2);

    protected override Tensor Input() => Drawn.Normal(4, 3);

    protected override Tensor Forward(nn.Module layer, Tensor input)
    {
        using var labels = tensor(new long[] { 0, 1, 1, 0 });
        return ((nn.Module<Tensor, Tensor, Tensor>)layer).call(input, labels);
    }
}
