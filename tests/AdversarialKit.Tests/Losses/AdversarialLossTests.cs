using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class AdversarialLossTests
{
    // Inside (0, 1), so that they serve as probabilities as well.
    private static readonly double[] _realNumbers = [0.62, 0.91, 0.35, 0.74, 0.28, 0.55, 0.83, 0.47];
    private static readonly double[] _fakeNumbers = [0.21, 0.48, 0.67, 0.12, 0.39, 0.58, 0.07, 0.31];

    public static TheoryData<string> Names => LossCase.Names;

    public static TheoryData<string> NamesOnLogits => [.. LossCase.All.Keys.Except(["bce_probabilities"])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_AfterAStepAgainstItsGradient_IsLower(string name)
    {
        using var scope = NewDisposeScope();
        var loss = LossCase.All[name];

        StepLowers(loss.Discriminator);
        StepLowers(loss.Generator);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_Gradient_RaisesRealAndLowersFakeForTheDiscriminatorAndRaisesFakeForTheGenerator(string name)
    {
        using var scope = NewDisposeScope();
        var (dReal, dFake) = Gradients(LossCase.All[name].Discriminator, _realNumbers, _fakeNumbers, ScalarType.Float64);
        var (_, gFake) = Gradients(LossCase.All[name].Generator, _realNumbers, _fakeNumbers, ScalarType.Float64);

        dReal.Sum().Should().BeNegative();
        dFake.Sum().Should().BePositive();
        gFake.Sum().Should().BeNegative();
    }

    [Fact]
    public void RelativisticAverage_Terms_AreThoseOfTheFormula()
    {
        using var scope = NewDisposeScope();
        double[] onReals = [1, 3];
        double[] onFakes = [0.5, -2];
        var (real, fake) = (tensor(onReals), tensor(onFakes));
        var loss = AdversarialLoss.RelativisticAverage();

        var (onReal, onFake) = loss.DiscriminatorTerms(real, fake)!.Value;

        // sp(-0.75 - 1) and sp(-0.75 - 3); sp(0.5 - 2) and sp(-2 - 2).
        onReal.ToDouble().Should().BeApproximately(0.0917348, 1e-7);
        onFake.ToDouble().Should().BeApproximately(0.1097816, 1e-7);
        loss.Discriminator(real, fake).ToDouble().Should().Be(onReal.ToDouble() + onFake.ToDouble());
        AdversarialLoss.RelativisticPaired().DiscriminatorTerms(real, fake).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_WithArgumentsSwapped_GivesAnotherValue(string name)
    {
        using var scope = NewDisposeScope();
        var (real, fake) = (tensor(_realNumbers), tensor(_fakeNumbers));
        var loss = LossCase.All[name];

        loss.Discriminator(fake, real).ToDouble().Should().NotBeApproximately(loss.Discriminator(real, fake).ToDouble(), 1e-3);
        loss.Generator(fake, real).ToDouble().Should().NotBeApproximately(loss.Generator(real, fake).ToDouble(), 1e-3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_OnPatches_EqualsThatOnTheFlatLogits(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var loss in new[] { LossCase.All[name].Discriminator, LossCase.All[name].Generator })
        {
            var flat = Evaluate(loss, [8]);
            var patch = Evaluate(loss, [2, 1, 2, 2]);

            patch.ShouldBeClose(flat, 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(NamesOnLogits))]
    public void Loss_OnLogitsOfTenThousand_IsFiniteWithFiniteGradients(string name)
    {
        using var scope = NewDisposeScope();
        double[][] rows = [[1e4, -1e4, 1e4, -1e4], [1e4, 1e4, -1e4, -1e4]];
        foreach (var loss in new[] { LossCase.All[name].Discriminator, LossCase.All[name].Generator })
        {
            var value = loss(tensor(rows[0]).to(float32), tensor(rows[1]).to(float32)).ToDouble();
            var (real, fake) = Gradients(loss, rows[0], rows[1], ScalarType.Float32);

            double.IsFinite(value).Should().BeTrue();
            real.Concat(fake).Should().OnlyContain(gradient => double.IsFinite(gradient));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_ComputedOften_LeavesNothingBehindButItsResult(string name)
    {
        using var outer = NewDisposeScope();
        var (real, fake) = (tensor(_realNumbers), tensor(_fakeNumbers));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        using (LossCase.All[name].Generator(real, fake))
        {
            DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before + 1);
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Theory]
    [InlineData("rpgan")]
    [InlineData("ragan")]
    public void RelativisticLoss_WithUnequalShapes_NamesBoth(string name)
    {
        using var scope = NewDisposeScope();
        var (real, fake) = (zeros(4, 1), zeros(4));
        const string Message = "A relativistic loss compares real with fake logits one by one, but the real logits have shape [4, 1] and the fake ones [4]. Give the discriminator as many fakes as real samples, and let it return one shape for both. (Parameter 'fake')";

        var discriminator = () => LossCase.All[name].Discriminator(real, fake);
        var generator = () => LossCase.All[name].Generator(real, fake);

        discriminator.Should().Throw<ArgumentException>().WithMessage(Message);
        generator.Should().Throw<ArgumentException>().WithMessage(Message);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.5, "1.5")]
    [InlineData(double.NaN, "NaN")]
    public void NonSaturating_WithATargetOutOfRange_SaysTheRange(double target, string printed)
    {
        var create = () => AdversarialLoss.NonSaturating(target);

        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            $"The target for real samples is {printed}, but must be above 0 and at most 1. Pass 1 for no label smoothing, 0.9 for the usual one-sided smoothing. (Parameter 'realTarget')");
    }

    [Fact]
    public void LeastSquares_WithTargetsInTheWrongOrder_SaysTheOrder()
    {
        var create = () => AdversarialLoss.LeastSquares(a: 1, b: 1, c: 0.5);

        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "The targets of the least squares loss are a = 1, b = 1, c = 0.5, but must be finite, with the fakes' target a below the real samples' target b. Pass a = 0, b = 1, c = 1 for the usual ones. (Parameter 'b')");
    }

    [Fact]
    public void LeastSquares_WithOtherTargets_MeasuresAgainstThem()
    {
        using var scope = NewDisposeScope();
        var loss = AdversarialLoss.LeastSquares(a: -1, b: 1, c: 0);
        var logits = Row.Of(2.0, -3.0);

        loss.DiscriminatorReal(logits).ShouldBeClose((1.0 + 16) / 4, 1e-14);
        loss.DiscriminatorFake(logits).ShouldBeClose((9.0 + 4) / 4, 1e-14);
        loss.Generator(logits).ShouldBeClose((4.0 + 9) / 4, 1e-14);
        loss.DecisionThreshold.Should().Be(0);
    }

    [Fact]
    public void DecisionThreshold_OfEveryLoss_LiesBetweenWhatItAsksForRealAndForFakes()
    {
        AdversarialLoss.NonSaturating().DecisionThreshold.Should().Be(0);
        AdversarialLoss.Minimax().DecisionThreshold.Should().Be(0);
        AdversarialLoss.Hinge().DecisionThreshold.Should().Be(0);
        AdversarialLoss.Wasserstein().DecisionThreshold.Should().Be(0);
        AdversarialLoss.LeastSquares().DecisionThreshold.Should().Be(0.5);
        AdversarialLoss.BinaryCrossEntropyOnProbabilities().DecisionThreshold.Should().Be(0.5);
    }

    [Fact]
    public void ToString_OfEveryLoss_DescribesItInOneLine()
    {
        AdversarialLoss.NonSaturating().ToString().Should().Be("non-saturating");
        AdversarialLoss.NonSaturating(0.9).ToString().Should().Be("non-saturating (real target 0.9)");
        AdversarialLoss.Minimax().ToString().Should().Be("minimax (saturating)");
        AdversarialLoss.BinaryCrossEntropyOnProbabilities().ToString().Should().Be("binary cross-entropy on probabilities");
        AdversarialLoss.LeastSquares().ToString().Should().Be("least squares (targets: fake 0, real 1, generator 1)");
        AdversarialLoss.Wasserstein().ToString().Should().Be("Wasserstein");
        AdversarialLoss.Hinge().ToString().Should().Be("hinge");
        AdversarialLoss.RelativisticPaired().ToString().Should().Be("relativistic paired (RpGAN)");
        AdversarialLoss.RelativisticAverage().ToString().Should().Be("relativistic average (RaGAN)");
    }

    private static void StepLowers(Func<Tensor, Tensor, Tensor> loss)
    {
        var (real, fake) = Gradients(loss, _realNumbers, _fakeNumbers, ScalarType.Float64);
        var before = loss(tensor(_realNumbers), tensor(_fakeNumbers)).ToDouble();

        var after = loss(tensor(_realNumbers) - 0.01 * tensor(real), tensor(_fakeNumbers) - 0.01 * tensor(fake)).ToDouble();

        after.Should().BeLessThan(before);
    }

    private static (double[] Real, double[] Fake) Gradients(
        Func<Tensor, Tensor, Tensor> loss, double[] real, double[] fake, ScalarType type)
    {
        var realLogits = tensor(real).to(type).requires_grad_(true);
        var fakeLogits = tensor(fake).to(type).requires_grad_(true);
        loss(realLogits, fakeLogits).backward();
        return (realLogits.GradientNumbers(), fakeLogits.GradientNumbers());
    }

    private static double[] Evaluate(Func<Tensor, Tensor, Tensor> loss, long[] shape)
    {
        var real = tensor(_realNumbers).reshape(shape).detach().requires_grad_(true);
        var fake = tensor(_fakeNumbers).reshape(shape).detach().requires_grad_(true);
        var value = loss(real, fake);
        value.backward();
        return [value.ToDouble(), .. real.GradientNumbers(), .. fake.GradientNumbers()];
    }
}
