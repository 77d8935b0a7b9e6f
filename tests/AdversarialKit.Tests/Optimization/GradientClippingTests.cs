using TorchSharp;
using TorchSharp.Modules;
using static AdversarialKit.Tests.OptimizerTestData;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public class GradientClippingTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1000)]
    public void Norm_AgreesWithTorch(double maximum)
    {
        var (mine, theirs) = WithGradients();

        using var norm = Clip.Norm(maximum).Apply(mine);

        var expected = nn.utils.clip_grad_norm_(theirs, maximum);
        norm.item<double>().Should().BeApproximately(expected, 1e-12);
        Difference(Gradients(mine), Gradients(theirs)).Should().BeLessThan(1e-14);
        using var after = GradientNorm.Of(mine);
        after.item<double>().Should().BeApproximately(Math.Min(maximum, expected), 1e-5);
    }

    [Fact]
    public void Value_BoundsEachElement()
    {
        var (mine, before) = WithGradients();

        using var norm = Clip.Value(0.3).Apply(mine);

        Difference(Gradients(mine), Gradients(before).Select(g => g.clamp(-0.3, 0.3))).Should().Be(0);
        Gradients(mine).Max(g => g.abs().max().item<double>()).Should().Be(0.3);
    }

    [Fact]
    public void Apply_MissingGradients_ArePassedOver()
    {
        var (mine, _) = WithGradients();
        mine[0].grad = null;

        using var norm = Clip.Norm(0.1).Apply(mine);

        mine[0].grad.Should().BeNull();
        norm.item<double>().Should().BeApproximately(
            Math.Sqrt(WithGradients().Item1[1..].Sum(p => p.grad!.square().sum().item<double>())), 1e-12);
    }

    [Fact]
    public void Apply_NoGradientAtAll_GivesZero()
    {
        using var norm = Clip.Norm(1).Apply(Parameters());

        norm.ToDouble().Should().Be(0);
    }

    [Fact]
    public void GradientNorm_MixedTypes_CountsAll()
    {
        using var one = new Parameter(zeros(2));
        using var other = new Parameter(zeros(1, dtype: ScalarType.Float64));
        one.grad = tensor(new float[] { 1, 2 });
        other.grad = tensor(new double[] { 2 });

        using var norm = GradientNorm.Of([one, other]);

        norm.dim().Should().Be(0);
        norm.ToDouble().Should().BeApproximately(3, 1e-12);
    }

    [Fact]
    public void Apply_AThousandTimes_KeepsTheNumberOfLiveTensors()
    {
        var (mine, _) = WithGradients();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 1000; i++)
        {
            Clip.Norm(1).Apply(mine).Dispose();
            Clip.Value(0.1).Apply(mine).Dispose();
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void Clip_BoundNotAboveZero_IsToldAtOnce()
    {
        var norm = () => Clip.Norm(0);
        var value = () => Clip.Value(double.PositiveInfinity);

        norm.Should().Throw<ArgumentOutOfRangeException>().WithMessage("The greatest norm is 0; it must be a finite number above 0. (Parameter 'maximum')");
        value.Should().Throw<ArgumentOutOfRangeException>().WithMessage("The limit is Infinity; it must be a finite number above 0. (Parameter 'limit')");
    }

    [Fact]
    public void ToString_NamesTheBound()
    {
        Clip.Norm(1).ToString().Should().Be("norm at most 1");
        Clip.Value(0.5).ToString().Should().Be("each value at most 0.5");
    }

    private static (Parameter[], Parameter[]) WithGradients()
    {
        var (mine, theirs) = (Parameters(ScalarType.Float64), Parameters(ScalarType.Float64));
        SetGradients(mine, 3);
        SetGradients(theirs, 3);
        return (mine, theirs);
    }

    private static IEnumerable<Tensor> Gradients(Parameter[] parameters) => parameters.Select(p => p.grad!);
}
