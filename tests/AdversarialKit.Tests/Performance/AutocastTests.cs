using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Performance;

public sealed class AutocastTests : IDisposable
{
    private readonly Tensor _square = eye(4);
    private readonly Autocast _autocast = Autocast.Find(DeviceType.CPU, out _)!;

    public void Dispose() => _square.Dispose();

    [LinuxFact]
    public void Find_InThisLibtorch_MissesNothing()
    {
        Autocast.Find(DeviceType.CPU, out var missing).Should().NotBeNull();
        missing.Should().BeNull();
    }

    [Fact]
    public void Find_InALibtorchThatLacksAFunction_NamesIt()
    {
        Autocast.Find(DeviceType.CPU, ["there_is_no_such_function"], out var missing).Should().BeNull();
        missing.Should().Be("there_is_no_such_function");
    }

    [LinuxFact]
    public void Enter_UntilDisposed_ComputesProductsInBFloat16()
    {
        ProductType().Should().Be(ScalarType.Float32);

        using (_autocast.Enter())
        {
            ProductType().Should().Be(ScalarType.BFloat16);
            using (_autocast.Enter())
            {
                ProductType().Should().Be(ScalarType.BFloat16);
            }

            ProductType().Should().Be(ScalarType.BFloat16, "the inner region put back what it found");
        }

        ProductType().Should().Be(ScalarType.Float32);
    }

    [LinuxFact]
    public void Enter_OnOneThread_LeavesOthersAlone()
    {
        var elsewhere = ScalarType.Byte;

        using (_autocast.Enter())
        {
            var thread = new Thread(() => elsewhere = ProductType());
            thread.Start();
            thread.Join();
        }

        elsewhere.Should().Be(ScalarType.Float32);
    }

    [LinuxFact]
    public void Dispose_AfterAPass_ForgetsTheCastsOfItsWeights()
    {
        using var layer = nn.Linear(4, 1, hasBias: false);
        using var first = Pass(layer);
        using (no_grad())
        {
            layer.weight!.mul_(2);
        }

        using var second = Pass(layer);

        second.Equals(first * 2).Should().BeTrue();
    }

    private Tensor Pass(nn.Module<Tensor, Tensor> layer)
    {
        using var region = _autocast.Enter();
        return layer.call(_square);
    }

    private ScalarType ProductType()
    {
        using var product = _square.mm(_square);
        return product.dtype;
    }
}
