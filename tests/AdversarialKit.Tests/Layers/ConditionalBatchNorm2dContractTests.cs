using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class ConditionalBatchNorm2dContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.ConditionalBatchNorm2d(2, 3);

    protected override Tensor Input() => Drawn.Normal(3, 2, 2, 2);

    protected override Tensor Forward(nn.Module layer, Tensor input)
    {
        using var labels = tensor(new long[] { 2, 0, 2 });
        return ((nn.Module<Tensor, Tensor, Tensor>)layer).call(input, labels);
    }
}
