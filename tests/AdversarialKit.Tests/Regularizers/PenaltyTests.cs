using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class PenaltyTests
{
    [Fact]
    public void WganGp_Points_LieBetweenRealAndFakeByOneDrawPerSample()
    {
        using var scope = NewDisposeScope();
        var (real, fake) = (randn(16, 2, 3, dtype: ScalarType.Float64), randn(16, 2, 3, dtype: ScalarType.Float64));
        var points = PointsOf(Penalty.WganGp(), real, fake);

        var share = ((points - fake) / (real - fake)).reshape(16, -1);

        (share - share[.., 0].unsqueeze(1)).abs().max().ToDouble().Should().BeLessThan(1e-9);
        var draws = share[.., 0].Numbers();
        draws.Should().OnlyContain(draw => draw >= -1e-12 && draw < 1);
        draws.Distinct().Should().HaveCount(16);
    }

    [Fact]
    public void Dragan_Points_LieWithinTheNoiseAboveRealSamples()
    {
        using var scope = NewDisposeScope();
        var real = randn(64, 5, dtype: ScalarType.Float64);
        var points = PointsOf(Penalty.Dragan(noise: 0.25), real, randn(64, 5, dtype: ScalarType.Float64));

        var offset = (points - real) / real.std(unbiased: false);

        offset.min().ToDouble().Should().BeGreaterThanOrEqualTo(-1e-12);
        offset.max().ToDouble().Should().BeInRange(0.15, 0.25);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GradientNorm_OnALinearCritic_EqualsHandArithmetic(bool oneSided)
    {
        using var scope = NewDisposeScope();
        var weight = Row.Of(0.3, 0.4).reshape(2, 1).requires_grad_(true);
        using var context = new TestCritic(x => x.mm(weight), weight)
            .Context(zeros(3, 2, dtype: ScalarType.Float64), zeros(3, 2, dtype: ScalarType.Float64));

        Penalty.GradientNorm(given => given.Real, target: 2, oneSided).Compute(context)
            .ShouldBeClose(oneSided ? 0 : 2.25, 1e-14);
        Penalty.GradientNorm(given => given.Real, target: 0, oneSided).Compute(context).ShouldBeClose(0.25, 1e-14);
    }

    [Fact]
    public void R1AndR2_OnPatchLogits_TakeTheSumOfASamplesLogits()
    {
        using var scope = NewDisposeScope();
        var weight = Row.Of(3.0).requires_grad_(true);
        using var context = new TestCritic(x => x * weight, weight)
            .Context(zeros(2, 1, 2, 2, dtype: ScalarType.Float64), zeros(5, 1, 2, 2, dtype: ScalarType.Float64));

        Penalty.R1().Compute(context).ShouldBeClose(0.5 * 4 * 9, 1e-14);
        Penalty.R2().Compute(context).ShouldBeClose(0.5 * 4 * 9, 1e-14);
    }

    [Fact]
    public void WganGp_WithBatchesOfUnequalShape_NamesBoth()
    {
        using var scope = NewDisposeScope();
        var (critic, real, fake) = TestCritic.Toy();
        using var context = critic.Context(real, fake[..2]);

        var compute = () => Penalty.WganGp().Compute(context);

        compute.Should().Throw<ArgumentException>().WithMessage(
            "WGAN-GP looks between real samples and fakes, but the real batch has shape [4, 3] and the fakes [2, 3]. Give the step as many fakes as real samples, of one shape. (Parameter 'context')");
    }

    [Fact]
    public void Penalties_OnIntegerSamples_SayToConvertThem()
    {
        using var scope = NewDisposeScope();
        var samples = ones(4, 3, dtype: ScalarType.Int64);
        using var context = LogitContexts.Of(samples, samples);

        foreach (var penalty in new[] { Penalty.WganGp(), Penalty.Dragan(), Penalty.GradientNorm(given => given.Real) })
        {
            var compute = () => penalty.Compute(context);

            compute.Should().Throw<ArgumentException>().WithMessage(
                "A gradient penalty needs points of a floating type, but got Int64 of shape [4, 3]. Convert the samples first, for instance with to(ScalarType.Float32). (Parameter 'points')");
        }
    }

    [Fact]
    public void Factories_WithNumbersOutOfRange_SayTheRange()
    {
        var target = () => Penalty.WganGp(target: -1);
        var noise = () => Penalty.Dragan(noise: 0);
        var decay = () => Penalty.LeCam(decay: 1);

        target.Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "The target of a gradient's norm is -1, but must be 0 or above, and finite. Pass 1 for the usual one. (Parameter 'target')");
        noise.Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "The noise of DRAGAN is 0 standard deviations, but must be above 0, and finite. Pass 0.5 for the usual one. (Parameter 'noise')");
        decay.Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "The decay of LeCam's moving averages is 1, but must be at least 0 and below 1. Pass 0.99 for the usual one. (Parameter 'decay')");
    }

    [Fact]
    public void Penalties_SayWhatTheyNeed()
    {
        Penalty.R1().Needs.Should().Be(InputGradients.Real);
        Penalty.R2().Needs.Should().Be(InputGradients.Fake);
        Penalty.WganGp().Needs.Should().Be(InputGradients.None);
        foreach (var penalty in new[] { Penalty.R1(), Penalty.R2(), Penalty.WganGp(), Penalty.Dragan(), Penalty.GradientNorm(given => given.Real) })
        {
            penalty.NeedsIndependentSamples.Should().BeTrue();
        }

        Penalty.LeCam().NeedsIndependentSamples.Should().BeFalse();
    }

    [Fact]
    public void ToString_OfEveryPenalty_DescribesItInOneLine()
    {
        Penalty.WganGp().ToString().Should().Be("WGAN-GP (target 1, two-sided)");
        Penalty.Dragan(target: 0.5, oneSided: true).ToString().Should().Be("DRAGAN (target 0.5, one-sided)");
        Penalty.GradientNorm(context => context.Real).ToString().Should().Be("gradient norm (target 1, two-sided)");
        Penalty.R1().ToString().Should().Be("R1");
        Penalty.R2().ToString().Should().Be("R2");
        Penalty.LeCam().ToString().Should().Be("LeCam (decay 0.99)");
    }

    private static Tensor PointsOf(IDiscriminatorPenalty penalty, Tensor real, Tensor fake)
    {
        var seen = new List<Tensor>();
        var weight = ones([], dtype: ScalarType.Float64).requires_grad_(true);
        var critic = new TestCritic(
            x =>
            {
                seen.Add(x.detach().clone().DetachFromDisposeScope());
                return x * weight;
            },
            weight);
        using var context = critic.Context(real, fake);
        penalty.Compute(context);
        return seen[^1];
    }
}
