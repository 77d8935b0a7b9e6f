using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class EnergyLossTests
{
    [Fact]
    public void EnergyBased_Gradient_LowersRealAndRaisesFakesBelowTheMarginForTheDiscriminator()
    {
        using var scope = NewDisposeScope();
        var loss = AdversarialLoss.EnergyBased(2);
        var (real, fake) = (Row.Of(0.5, 3.0).requires_grad_(true), Row.Of(1.0, 5.0).requires_grad_(true));

        (loss.DiscriminatorReal(real) + loss.DiscriminatorFake(fake)).backward();

        real.GradientNumbers().Should().Equal(0.5, 0.5);
        fake.GradientNumbers().Should().Equal(-0.5, 0);
        loss.DecisionThreshold.Should().Be(double.NaN);
        loss.ToString().Should().Be("energy-based (margin 2)");
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void EnergyBased_WithAMarginOutOfRange_SaysTheRange(double margin, string printed)
    {
        var create = () => AdversarialLoss.EnergyBased(margin);

        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            $"The margin of the energy-based loss is {printed}, but must be a finite number above 0. Pass the energy that fakes are to have at least, on the "
            + "scale of your discriminator's outputs. (Parameter 'margin')");
    }

    [Theory]
    [InlineData(new long[] { 1, 3 })]
    [InlineData(new long[] { 4 })]
    public void PullingAway_WithNothingToCompare_SaysWhatItTakes(long[] shape)
    {
        using var codes = zeros(shape);

        codes.Invoking(AdversarialLoss.PullingAway).Should().Throw<ArgumentException>().WithMessage(
            $"The pulling-away term was given codes of shape [{string.Join(", ", shape)}]; it takes [N, ...] with N at least 2, because it compares samples. (Parameter 'codes')");
    }

    [Fact]
    public void PullingAway_OfCodesOfNothing_IsFiniteWithAFiniteGradient()
    {
        using var scope = NewDisposeScope();
        var codes = zeros(3, 4).requires_grad_(true);

        var value = AdversarialLoss.PullingAway(codes);
        value.backward();

        value.ToDouble().Should().Be(0);
        codes.grad!.isfinite().all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void EveryNewLoss_ComputedOften_LeavesNothingBehindButItsResult()
    {
        using var outer = NewDisposeScope();
        var outputs = Drawn.Normal(4, 3).abs();
        var labels = tensor(new long[] { 0, 1, 1, 0 });
        using var equilibrium = AdversarialLoss.BoundaryEquilibrium();
        equilibrium.DiscriminatorReal(outputs).Dispose();
        equilibrium.Generator(outputs).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Func<Tensor>[] calls =
        [
            () => AdversarialLoss.EnergyBased(1).DiscriminatorFake(outputs), () => AdversarialLoss.EnergyBased(1).Generator(outputs),
            () => AdversarialLoss.BoundarySeeking().Generator(outputs), () => AdversarialLoss.BoundarySeeking().DiscriminatorFake(outputs),
            () => AdversarialLoss.Softmax().Discriminator(outputs, outputs), () => AdversarialLoss.Softmax().Generator(outputs, outputs),
            () => AdversarialLoss.MultiClassHinge().DiscriminatorReal(outputs, labels), () => AdversarialLoss.MultiClassHinge().DiscriminatorFake(outputs, labels),
            () => AdversarialLoss.MultiClassHinge().Realness(outputs), () => AdversarialLoss.PullingAway(outputs),
            () => equilibrium.Generator(outputs), () => equilibrium.DiscriminatorFake(outputs),
        ];

        foreach (var call in calls)
        {
            call().Dispose();

            DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
        }
    }

    [Fact]
    public void SoftmaxAndBoundarySeeking_OnLogitsOfTenThousand_AreFiniteWithFiniteGradients()
    {
        using var scope = NewDisposeScope();
        var real = tensor(new[] { 1e4f, -1e4f }).requires_grad_(true);
        var fake = tensor(new[] { -1e4f, 1e4f }).requires_grad_(true);

        var sum = AdversarialLoss.Softmax().Discriminator(real, fake) + AdversarialLoss.Softmax().Generator(real, fake)
            + AdversarialLoss.BoundarySeeking().Generator(fake);
        sum.backward();

        double.IsFinite(sum.ToDouble()).Should().BeTrue();
        real.grad!.isfinite().all().item<bool>().Should().BeTrue();
        fake.grad!.isfinite().all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Build_WithAdaptiveAugmentation_SaysWhyNot()
    {
        using var generator = nn.Sequential(nn.Linear(4, 48), nn.Unflatten(1, [3, 4, 4]));
        using var discriminator = nn.Sequential(nn.Flatten(), nn.Linear(48, 1));

        Toy.Builder(generator, discriminator).WithLoss(AdversarialLoss.EnergyBased(1)).WithAugmentation(Augmentation.Adaptive())
            .Invoking(b => b.Build()).Should().Throw<InvalidGanException>().Which.Faults.Should().Equal(
                "The loss energy-based (margin 1) takes energies, which do not say by their sign what the discriminator takes for real, but adaptive "
                + "augmentation goes by that. Call WithAugmentation(Augmentation.DiffAugment()).");
    }
}
