using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Regularizers;

/// <summary>LeCam's averages move once with each discriminator step, into however many parts its batch is split.</summary>
public sealed class LeCamAccumulationTests
{
    [Theory]
    [InlineData(8, 4)]
    [InlineData(7, 3)]
    [InlineData(3, 8)]
    public void TrainStep_Accumulated_CountsStepsAndAveragesWhatTheWholeBatchDoes(int samples, int parts)
    {
        var (whole, wholeUpdates) = Averages(samples, parts: 1);
        var (accumulated, updates) = Averages(samples, parts);

        (wholeUpdates, updates).Should().Be((2, 2));
        accumulated.Should().HaveCount(2);
        for (var i = 0; i < accumulated.Length; i++)
        {
            accumulated[i].Should().BeApproximately(whole[i], 1e-9);
        }
    }

    [Fact]
    public void Compute_InTwoParts_EqualsHandArithmetic()
    {
        using var scope = NewDisposeScope();
        var penalty = Penalty.LeCam(decay: 0.5);

        // The first part alone: averages 1 and 0. (1-0)^2 + (1-0)^2.
        Compute(penalty, [1], [0], new StepPart(0, 0.5, false)).ShouldBeClose(2, 1e-14);
        Updates(penalty).Should().Be(0);

        // Both: averages 2 and -1. (3+1)^2 + (2+2)^2.
        Compute(penalty, [3], [-2], new StepPart(0.5, 0.5, true)).ShouldBeClose(32, 1e-14);
        Updates(penalty).Should().Be(1);
        ((IStateful)penalty).GetState()["real"].ToDouble().Should().Be(1);
        ((IStateful)penalty).GetState()["fake"].ToDouble().Should().Be(-0.5);
        ((IDisposable)penalty).Dispose();
    }

    [Fact]
    public void Compute_AfterAStepThatBrokeOff_ForgetsItsParts()
    {
        using var scope = NewDisposeScope();
        var penalty = Penalty.LeCam(decay: 0.5);
        Compute(penalty, [100], [-100], new StepPart(0, 0.5, false));

        Compute(penalty, [1], [0], new StepPart(0, 0.5, false));
        Compute(penalty, [3], [-2], new StepPart(0.5, 0.5, true)).ShouldBeClose(32, 1e-14);

        ((IDisposable)penalty).Dispose();
    }

    private static (double[] Averages, long Updates) Averages(int samples, int parts)
    {
        random.manual_seed(2);
        using var scope = NewDisposeScope();
        using var generator = nn.Sequential(nn.Linear(4, 6));
        using var discriminator = nn.Sequential(nn.Linear(6, 1));
        generator.to(ScalarType.Float64);
        discriminator.to(ScalarType.Float64);
        var penalty = Penalty.LeCam(0.5);
        // The rate is so small that only the averages tell the two apart.
        using var gan = Toy.Builder(generator, discriminator).WithOptimizers(Optimizers.Sgd(1e-12)).WithPenalty(penalty, weight: 1)
            .WithGradientAccumulation(parts).Build();
        gan.TrainStep(Toy.Real(samples).to(ScalarType.Float64));
        gan.TrainStep(Toy.Real(samples).to(ScalarType.Float64) * 2);
        var state = ((IStateful)penalty).GetState();
        return ([state["real"].ToDouble(), state["fake"].ToDouble()], Updates(penalty));
    }

    private static long Updates(IDiscriminatorPenalty penalty) => ((IStateful)penalty).GetState()["updates"].ToInt64();

    private static double[] Compute(IDiscriminatorPenalty penalty, double[] real, double[] fake, StepPart part)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(0);
        using var context = new PenaltyContext(points => points, random)
        {
            Real = tensor(real),
            Fake = tensor(fake),
            RealLogits = tensor(real),
            FakeLogits = tensor(fake),
            Part = part,
        };
        return penalty.Compute(context).Numbers();
    }
}
