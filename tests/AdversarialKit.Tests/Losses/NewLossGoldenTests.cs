using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class NewLossGoldenTests
{
    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void EnergyBased_OnRecordedEnergies_GivesPyTorchsNumbers(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var golden = new NewLossGolden("energy_based");
        var loss = LossCase.Of(AdversarialLoss.EnergyBased(golden.Case.GetProperty("margin").GetDouble()));

        golden.Check(loss.Discriminator, loss.Generator, type);
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void BoundarySeeking_OnRecordedLogits_GivesPyTorchsNumbersOnProbabilities(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var loss = LossCase.Of(AdversarialLoss.BoundarySeeking());

        new NewLossGolden("boundary_seeking").Check(loss.Discriminator, loss.Generator, type);
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void Softmax_OnRecordedLogits_GivesPyTorchsNumbers(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var loss = AdversarialLoss.Softmax();

        new NewLossGolden("softmax").Check(loss.Discriminator, loss.Generator, type);
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void MultiClassHinge_OnRecordedOutputs_GivesPyTorchsNumbers(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var golden = new NewLossGolden("multi_class_hinge");
        var loss = AdversarialLoss.MultiClassHinge();
        var labels = golden.Case.GetProperty("labels").Tensor(ScalarType.Int64);

        golden.Check(
            (real, fake) => loss.DiscriminatorReal(real, labels) + loss.DiscriminatorFake(fake, labels),
            (_, fake) => loss.Generator(fake, labels),
            type);
    }

    [Fact]
    public void PullingAway_OnRecordedCodes_GivesPyTorchsNumbers()
    {
        using var scope = NewDisposeScope();
        var golden = new NewLossGolden("pulling_away");
        var codes = golden.Case.GetProperty("codes").ShapedTensor().requires_grad_(true);

        var value = AdversarialLoss.PullingAway(codes);
        value.backward();

        value.ShouldBeClose(golden.Case.GetProperty("value").GetDouble(), 1e-12);
        codes.GradientNumbers().ShouldBeClose(golden.Numbers("codes_grad"), 1e-12, "gradient");
        AdversarialLoss.PullingAway(codes.reshape(5, 3, 1, 1)).ShouldBeClose(value.Numbers(), 1e-15, "of feature maps");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void BoundaryEquilibrium_OverRecordedIterations_MovesKAsRecorded(long microBatches)
    {
        using var scope = NewDisposeScope();
        var golden = new NewLossGolden("boundary_equilibrium").Case;
        using var loss = AdversarialLoss.BoundaryEquilibrium(golden.GetProperty("gamma").GetDouble(), golden.GetProperty("rate").GetDouble());
        loss.Convergence.Should().Be(double.NaN);

        foreach (var step in golden.GetProperty("steps").EnumerateArray())
        {
            loss.K.Should().BeApproximately(step.GetProperty("k").GetDouble(), 1e-14);
            var real = step.GetProperty("real").ShapedTensor().requires_grad_(true);
            var fake = step.GetProperty("fake_d").ShapedTensor().requires_grad_(true);
            var made = step.GetProperty("fake_g").ShapedTensor();
            var (d, g) = (zeros([], ScalarType.Float64), zeros([], ScalarType.Float64));
            for (var i = 0L; i < microBatches; i++)
            {
                d += loss.DiscriminatorReal(real.chunk(microBatches)[i]) / microBatches;
                d += loss.DiscriminatorFake(fake.chunk(microBatches)[i]) / microBatches;
            }

            for (var i = 0L; i < microBatches; i++)
            {
                g += loss.Generator(made.chunk(microBatches)[i]) / microBatches;
            }

            d.backward();
            d.ShouldBeClose(step.GetProperty("d").GetDouble(), 1e-14, "d");
            g.ShouldBeClose(step.GetProperty("g").GetDouble(), 1e-14, "g");
            real.GradientNumbers().ShouldBeClose(step.GetProperty("d_real").GetProperty("data").Numbers(), 1e-14, "d_real");
            fake.GradientNumbers().ShouldBeClose(step.GetProperty("d_fake").GetProperty("data").Numbers(), 1e-14, "d_fake");
            loss.Convergence.Should().BeApproximately(step.GetProperty("convergence").GetDouble(), 1e-14);
            loss.K.Should().BeApproximately(step.GetProperty("k_after").GetDouble(), 1e-14);
        }
    }
}
