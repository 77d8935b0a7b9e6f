using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class LeCamPenaltyTests
{
    [Fact]
    public void Compute_OverTwoSteps_EqualsHandArithmetic()
    {
        using var scope = NewDisposeScope();
        var penalty = Penalty.LeCam(decay: 0.5);

        // Averages 2 and -1: the first batch's means. ((1+1)^2 + (3+1)^2)/2 + ((2-0)^2 + (2+2)^2)/2.
        Compute(penalty, [1, 3], [0, -2]).ShouldBeClose(20, 1e-14);

        // Averages (0.25*2 + 0.5*0.5)/0.75 = 1 and (0.25*-1 + 0.5*0.5)/0.75 = 0: (2^2 + 0)/2 + ((1-0)^2 + 0)/2.
        Compute(penalty, [2, -1], [0, 1]).ShouldBeClose(2.5, 1e-14);
    }

    [Fact]
    public void Compute_Gradient_TakesTheAveragesAsConstants()
    {
        using var scope = NewDisposeScope();
        var penalty = Penalty.LeCam(decay: 0.5);
        Compute(penalty, [1, 3], [0, -2]);
        var (real, fake) = (Row.Of(2.0, -1.0).requires_grad_(true), Row.Of(0.0, 1.0).requires_grad_(true));
        using var context = LogitContexts.Of(real, fake);

        penalty.Compute(context).backward();

        real.GradientNumbers().ShouldBeClose([2, 0], 1e-14);
        fake.GradientNumbers().ShouldBeClose([-1, 0], 1e-14);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void SetState_OfWhatGetStateReturned_GoesOnWithTheSameBits(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Penalty.LeCam(), Penalty.LeCam());
        Compute(first, [0.3, 1.7], [-0.4, 0.9], type);

        ((IStateful)second).SetState(((IStateful)first).GetState());

        Compute(second, [1.1, 0.2], [0.6, -0.8], type).Should().Equal(Compute(first, [1.1, 0.2], [0.6, -0.8], type));
    }

    [Fact]
    public void GetState_BeforeTheFirstStep_CanBeTakenOn()
    {
        using var scope = NewDisposeScope();
        var penalty = Penalty.LeCam(decay: 0.5);

        ((IStateful)penalty).SetState(((IStateful)Penalty.LeCam()).GetState());

        Compute(penalty, [1, 3], [0, -2]).ShouldBeClose(20, 1e-14);
    }

    [Fact]
    public void GetState_AfterTheScopeOfTheStep_IsStillThere()
    {
        var penalty = Penalty.LeCam(decay: 0.5);
        using (NewDisposeScope())
        {
            Compute(penalty, [1, 3], [0, -2]);
        }

        using var scope = NewDisposeScope();
        var state = ((IStateful)penalty).GetState();

        state["real"].ToDouble().Should().Be(1);
        state["fake"].ToDouble().Should().Be(-0.5);
        state["updates"].ToInt64().Should().Be(1);
        ((IDisposable)penalty).Dispose();
    }

    [Fact]
    public void SetState_OfOtherNames_NamesThemAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        var penalty = Penalty.LeCam(decay: 0.5);
        Compute(penalty, [1, 3], [0, -2]);

        var set = () => ((IStateful)penalty).SetState(new Dictionary<string, Tensor> { ["real"] = zeros([], dtype: ScalarType.Float64) });

        set.Should().Throw<ArgumentException>().WithMessage(
            "The state of a LeCam penalty consists of real, fake, updates, but this one has real. Pass what GetState() of a LeCam penalty returned. (Parameter 'state')");
        ((IStateful)penalty).GetState()["real"].ToDouble().Should().Be(1);
    }

    [Fact]
    public void SetState_OfAnotherShape_NamesItAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        var penalty = Penalty.LeCam(decay: 0.5);
        Compute(penalty, [1, 3], [0, -2]);
        var state = new Dictionary<string, Tensor>(((IStateful)Penalty.LeCam()).GetState()) { ["fake"] = zeros(1) };

        var set = () => ((IStateful)penalty).SetState(state);

        set.Should().Throw<ArgumentException>().WithMessage(
            "The state \"fake\" of a LeCam penalty is a Float64 scalar, but this one is Float32 of shape [1]. Pass what GetState() of a LeCam penalty returned. (Parameter 'state')");
        ((IStateful)penalty).GetState()["real"].ToDouble().Should().Be(1);
    }

    private static double[] Compute(
        IDiscriminatorPenalty penalty, double[] real, double[] fake, ScalarType type = ScalarType.Float64)
    {
        using var scope = NewDisposeScope();
        using var context = LogitContexts.Of(tensor(real).to(type), tensor(fake).to(type));
        return penalty.Compute(context).Numbers();
    }
}
