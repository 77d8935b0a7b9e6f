using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class GumbelSoftmaxContractTests : ModuleContract
{
    protected override nn.Module Create() => GanLayer.GumbelSoftmax(0.7);

    protected override Tensor Input() => Drawn.Normal(3, 4);

    // Its own draws would make it another function at every call.
    protected override Tensor Forward(nn.Module layer, Tensor input)
    {
        using var drawn = Drawn.Normal(3, 4);
        using var uniform = drawn.sigmoid();
        using var fitting = uniform.to(input.dtype);
        return ((GumbelSoftmax)layer).By(input, fitting);
    }
}
