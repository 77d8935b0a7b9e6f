using static AdversarialKit.Tests.OptimizerTestData;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public class FusedSgdTests
{
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 0.1, false)]
    [InlineData(0.9, 0, false)]
    [InlineData(0.9, 0.1, false)]
    [InlineData(0.9, 0.1, true)]
    public void Step_FiftyTimes_AgreesWithTorch(double momentum, double decay, bool nesterov)
    {
        var (mine, theirs, plainly) = (Parameters(ScalarType.Float64), Parameters(ScalarType.Float64), Parameters(ScalarType.Float64));
        using var fused = Optimizers.Sgd(0.01, momentum, decay, nesterov)(mine);
        using var plain = new FusedSgd(plainly, new SgdSettings(0.01, momentum, decay, nesterov), useKernels: false);
        using var ordinary = optim.SGD(theirs, 0.01, momentum, 0, decay, nesterov);

        Train(fused, mine, 0, 50);
        Train(plain, plainly, 0, 50);
        Train(ordinary, theirs, 0, 50);

        Difference(mine, theirs).Should().BeLessThan(1e-13);
        Difference(plainly, theirs).Should().BeLessThan(1e-13);
        Difference(mine, Parameters(ScalarType.Float64)).Should().BeGreaterThan(1e-2);
    }

    [Fact]
    public void Step_ParameterWithoutGradient_Stays()
    {
        var (mine, theirs) = (Parameters(ScalarType.Float64), Parameters(ScalarType.Float64));
        using var fused = Optimizers.Sgd(0.01, 0.9)(mine);
        using var ordinary = optim.SGD(theirs, 0.01, 0.9);
        for (var step = 0; step < 10; step++)
        {
            SetGradients(mine, step);
            SetGradients(theirs, step);
            (mine[0].grad, theirs[0].grad) = step % 2 == 0 ? (null, null) : (mine[0].grad, theirs[0].grad);
            fused.step();
            ordinary.step();
        }

        Difference(mine, theirs).Should().BeLessThan(1e-13);
    }

    [Fact]
    public void ToString_NamesWhatIsSet() =>
        Optimizers.Sgd(0.1, 0.9, nesterov: true)(Parameters()).ToString().Should().Be("SGD(lr 0.1, momentum 0.9, Nesterov)");
}
