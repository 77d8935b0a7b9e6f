using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class BoundaryEquilibriumLossTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, ScalarType.Float32)]
    [InlineData(true, ScalarType.Float32)]
    [InlineData(true, ScalarType.Float64)]
    public void SetState_OfAnother_GoesOnBitForBit(bool betweenSteps, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var unbroken = AdversarialLoss.BoundaryEquilibrium(0.7, 0.3);
        using var resumed = AdversarialLoss.BoundaryEquilibrium(0.7, 0.3);
        var energies = Drawn.Normal(8, 3, 5).abs().to(type);
        for (var i = 0; i < 4; i++)
        {
            Iterate(unbroken, energies[i]);
        }

        if (betweenSteps)
        {
            unbroken.DiscriminatorReal(energies[4][0]);
        }

        resumed.SetState(unbroken.GetState());

        for (var i = 4; i < 8; i++)
        {
            Iterate(resumed, energies[i]).Should().Equal(Iterate(unbroken, energies[i]));
        }
    }

    [Fact]
    public void K_WithSeveralDiscriminatorUpdates_MovesOnceAnIteration()
    {
        using var scope = NewDisposeScope();
        using var loss = AdversarialLoss.BoundaryEquilibrium(gamma: 1, rate: 0.25);

        loss.DiscriminatorReal(Row.Of(1.0, 2.0));
        loss.DiscriminatorReal(Row.Of(3.0, 2.0));
        loss.K.Should().Be(0);
        loss.Generator(Row.Of(1.0));

        // 0.25 * (mean of 1, 2, 3, 2 - 1)
        loss.K.Should().BeApproximately(0.25, 1e-15);
        loss.DiscriminatorFake(Row.Of(4.0)).ToDouble().Should().Be(0, "k moves for the next iteration's first discriminator step");
        loss.DiscriminatorReal(Row.Of(1.0));
        loss.DiscriminatorFake(Row.Of(4.0)).ToDouble().Should().BeApproximately(-1, 1e-15);
    }

    [Fact]
    public void LoadCheckpoint_OfAnAutoencoderGan_GoesOnBitForBit()
    {
        using var real = Toy.Real();
        var (unbrokenLoss, unbroken) = Gan(seed: 1);
        using var _ = unbroken;
        var expected = Train(unbroken, real, 12);
        using (var first = Gan(seed: 1).Gan)
        {
            Train(first, real, 6).Should().Equal(expected.Take(6));
            first.SaveCheckpoint(_folder.Path);
        }

        var (loss, resumed) = Gan(seed: 2);
        using var __ = resumed;
        resumed.LoadCheckpoint(_folder.Path);
        loss.K.Should().BeGreaterThan(0);

        Train(resumed, real, 6).Should().Equal(expected.Skip(6));
        loss.K.Should().Be(unbrokenLoss.K).And.BeInRange(0.01, 1);
    }

    [Fact]
    public void LoadCheckpoint_OfAnotherLoss_SaysSo()
    {
        var (_, gan) = Gan(seed: 1);
        using (gan)
        {
            gan.SaveCheckpoint(_folder.Path);
        }

        using var generator = Toy.Generator();
        using var discriminator = Discriminator();
        using var other = Toy.Builder(generator, discriminator).WithLoss(AdversarialLoss.EnergyBased(1)).Build();

        var load = () => other.LoadCheckpoint(_folder.Path);

        load.Should().Throw<CheckpointException>().Which.Message.Should().Contain(
            "- state: 'loss/k' is in the checkpoint and belongs to nothing that was built.").And.Contain(
            "configuration: 'loss' is 'boundary equilibrium (gamma 0.5, rate 0.1)' in the checkpoint and 'energy-based (margin 1)' in use.");
    }

    [Theory]
    [InlineData("k", 1.5)]
    [InlineData("k", double.NaN)]
    [InlineData("real_count", -1)]
    public void SetState_ThatCannotBe_IsRefusedWithNothingChanged(string name, double value)
    {
        using var scope = NewDisposeScope();
        using var loss = AdversarialLoss.BoundaryEquilibrium();
        var state = loss.GetState().ToDictionary();
        state[name] = tensor(value).to(state[name].dtype);

        var set = () => loss.SetState(state);

        set.Should().Throw<ArgumentException>().WithMessage(
            "The state of a boundary equilibrium loss holds floating-point numbers k (0 to 1), real and fake, and Int64 numbers real_count and "
            + "fake_count (at least 0); given was k (Float32 []), real (Float32 []), real_count (Int64 []), fake (Float32 []), fake_count (Int64 []). "
            + "Pass what 'GetState' returned. (Parameter 'state')");
        loss.K.Should().Be(0);
    }

    [Theory]
    [InlineData(0, 0.001, "gamma")]
    [InlineData(1.1, 0.001, "gamma")]
    [InlineData(0.5, 0, "rate")]
    [InlineData(0.5, double.PositiveInfinity, "rate")]
    [InlineData(double.NaN, 0.001, "gamma")]
    public void Create_NumberOutOfRange_IsToldAtOnce(double gamma, double rate, string parameter)
    {
        var create = () => AdversarialLoss.BoundaryEquilibrium(gamma, rate);

        create.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(parameter);
    }

    [Fact]
    public void Dispose_AfterUse_LeavesNothingBehindAndStartsAnew()
    {
        using var scope = NewDisposeScope();
        var energies = Drawn.Normal(3, 4).abs();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var loss = AdversarialLoss.BoundaryEquilibrium();
        using (NewDisposeScope())
        {
            Iterate(loss, energies);
            Iterate(loss, energies);
        }

        loss.Dispose();

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
        loss.K.Should().Be(0);
    }

    private static double[] Iterate(BoundaryEquilibriumLoss loss, Tensor energies)
    {
        var (r, f, g) = (loss.DiscriminatorReal(energies[0]), loss.DiscriminatorFake(energies[1]), loss.Generator(energies[2]));
        return [r.ToDouble(), f.ToDouble(), g.ToDouble(), loss.K, loss.Convergence];
    }

    private static (BoundaryEquilibriumLoss Loss, Gan Gan) Gan(long seed)
    {
        manual_seed(seed);
        var loss = AdversarialLoss.BoundaryEquilibrium(0.5, 0.1);
        return (loss, Toy.Builder(Toy.Generator(), Discriminator()).WithLoss(loss).WithGradientAccumulation(2).Build());
    }

    private static nn.Module<Tensor, Tensor> Discriminator() =>
        GanLayer.ReconstructionEnergy(nn.Sequential(nn.Linear(6, 3), nn.ELU(), nn.Linear(3, 6)));

    private static double[] Train(Gan gan, Tensor real, int iterations) =>
        [.. Enumerable.Range(0, iterations).SelectMany(_ =>
        {
            var step = gan.TrainStep(real);
            step.Discriminator.Accuracy.Should().Be(double.NaN);
            return new[] { step.Discriminator.Loss + step.Generator.Loss };
        })];
}
