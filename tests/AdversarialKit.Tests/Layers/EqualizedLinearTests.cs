using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class EqualizedLinearTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(0.01)]
    public void Call_Fresh_KeepsHesVariance(double multiplier)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var layer = GanLayer.EqualizedLinear(200, 300, multiplier);
        Initialize.GlorotUniform(layer, random);

        var output = layer.call(Drawn.Normal(500, 200));

        // Twice the inputs' variance, of which a ReLU then keeps half.
        output.var().ToDouble().Should().BeApproximately(2, 0.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Initialize_EqualizedLayer_DrawsItsOwnDeviationFromTheGivenGenerator(bool glorot)
    {
        using var first = GanLayer.EqualizedLinear(100, 100, 0.1);
        using var second = GanLayer.EqualizedLinear(100, 100, 0.1);
        foreach (var layer in new[] { first, second })
        {
            using var random = new Generator(9);
            layer.get_parameter("bias")!.requires_grad_(false).fill_(1);
            if (glorot)
            {
                Initialize.GlorotUniform(layer, random);
            }
            else
            {
                Initialize.Normal(layer, 0.02, random);
            }
        }

        var weight = first.get_parameter("weight")!;
        weight.std().ToDouble().Should().BeApproximately(10, 0.3);
        weight.eq(second.get_parameter("weight")!).all().item<bool>().Should().BeTrue();
        first.get_parameter("bias")!.abs().sum().item<float>().Should().Be(0);
    }

    [Fact]
    public void AdamStep_LayersOfDifferentSize_MovesTheirWeightsByTheSameShare()
    {
        var narrow = ShareMovedByOneStep(GanLayer.EqualizedLinear(16, 8));
        var wide = ShareMovedByOneStep(GanLayer.EqualizedLinear(1024, 8));
        var slow = ShareMovedByOneStep(GanLayer.EqualizedLinear(1024, 8, learningRateMultiplier: 0.01));
        var plainNarrow = ShareMovedByOneStep(Glorot(nn.Linear(16, 8)));
        var plainWide = ShareMovedByOneStep(Glorot(nn.Linear(1024, 8)));

        wide.Should().BeApproximately(narrow, 0.15 * narrow);
        slow.Should().BeApproximately(wide / 100, 0.001 * wide);
        plainWide.Should().BeGreaterThan(4 * plainNarrow);
    }

    [Theory]
    [InlineData(0, 1, 1, "inputs")]
    [InlineData(1, 0, 1, "outputs")]
    [InlineData(1, 1, 0, "learningRateMultiplier")]
    [InlineData(1, 1, double.NaN, "learningRateMultiplier")]
    [InlineData(1, 1, double.PositiveInfinity, "learningRateMultiplier")]
    public void Create_NumberOutOfRange_IsToldAtOnce(long inputs, long outputs, double multiplier, string parameter)
    {
        var create = () => GanLayer.EqualizedLinear(inputs, outputs, multiplier);

        create.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(parameter);
    }

    [Fact]
    public void Call_OtherWidth_IsToldBeforeNativeCodeSeesIt()
    {
        using var layer = GanLayer.EqualizedLinear(3, 4);
        using var input = zeros(2, 5);

        var call = () => layer.call(input);

        call.Should().Throw<ArgumentException>()
            .WithMessage("EqualizedLinear was given an input of shape [2, 5]; it takes [..., 3], as said when it was made.*");
    }

    private static nn.Module<Tensor, Tensor> Glorot(nn.Module<Tensor, Tensor> layer)
    {
        using var random = new Generator(4);
        Initialize.GlorotUniform(layer, random);
        return layer;
    }

    private static double ShareMovedByOneStep(nn.Module<Tensor, Tensor> layer)
    {
        using var scope = NewDisposeScope();
        using var owned = layer;
        using var optimizer = optim.Adam(layer.parameters(), lr: 1e-3);
        var weight = layer.get_parameter("weight")!;
        var before = weight.detach().clone();
        var input = Drawn.Normal(32, weight.shape[1]);
        layer.call(input).square().mean().backward();

        optimizer.step();

        return ((weight - before).norm() / before.norm()).ToDouble();
    }
}
