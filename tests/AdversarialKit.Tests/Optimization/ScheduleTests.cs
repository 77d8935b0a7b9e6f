using static AdversarialKit.Tests.OptimizerTestData;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public class ScheduleTests
{
    [Fact]
    public void Cosine_AgreesWithRecordedValues()
    {
        var vector = Vector("s.r3gan_cosine");
        var inputs = vector.GetProperty("inputs");
        var start = inputs.GetProperty("base").GetDouble();
        var schedule = Schedule.Cosine((long)inputs.GetProperty("total").GetDouble(), inputs.GetProperty("final").GetDouble() / start);

        foreach (var (iteration, expected) in Numbers(inputs.GetProperty("cur")).Zip(Numbers(vector.GetProperty("expected"))))
        {
            (start * schedule.FactorAt((long)iteration)).Should().BeApproximately(expected, 1e-15);
        }
    }

    [Fact]
    public void Linear_FallsBetweenItsEndsAndStays() =>
        Factors(Schedule.Linear(10, 0.5, start: 6), 0, 6, 8, 10, 99).Should().Equal(1, 1, 0.75, 0.5, 0.5);

    [Fact]
    public void Step_FallsEveryFewIterations() =>
        Factors(Schedule.Step(10, 0.5), 0, 9, 10, 20).Should().Equal(1, 1, 0.5, 0.25);

    [Fact]
    public void WarmUp_RisesOnTopOfAnother() =>
        Factors(Schedule.WarmUp(4, Schedule.Step(2, 0.5)), 0, 1, 2, 3, 4).Should().Equal(0.25, 0.5, 0.375, 0.5, 0.25);

    [Fact]
    public void Constant_IsOne() => Factors(Schedule.Constant(), 0, 1000).Should().Equal(1, 1);

    [Fact]
    public void FactorAt_CustomOutOfRange_IsTold()
    {
        var schedule = Schedule.Custom(i => -i, "downhill");

        var ask = () => schedule.FactorAt(3);

        schedule.FactorAt(0).Should().Be(0);
        ask.Should().Throw<InvalidOperationException>().WithMessage(
            "The schedule downhill gave the factor -3 at iteration 3; it must give a finite number of at least 0.");
    }

    [Fact]
    public void Factories_ValuesOutOfRange_AreToldAtOnce()
    {
        var calls = new Action[]
        {
            () => Schedule.Linear(5, start: 5), () => Schedule.Linear(5, start: -1), () => Schedule.Linear(5, -0.1),
            () => Schedule.Cosine(0), () => Schedule.Cosine(5, double.NaN), () => Schedule.Step(0), () => Schedule.WarmUp(0),
        };

        calls.Should().AllSatisfy(call => call.Should().Throw<ArgumentOutOfRangeException>());
    }

    [Fact]
    public void ToString_NamesTheValues()
    {
        Schedule.Cosine(500, 0.25).ToString().Should().Be("cosine to 0.25 over 500");
        Schedule.Linear(500).ToString().Should().Be("linear to 0 from 0 to 500");
        Schedule.WarmUp(100, Schedule.Step(50)).ToString().Should().Be("warm-up over 100, then times 0.1 every 50");
        Schedule.Constant().ToString().Should().Be("constant");
    }

    [Fact]
    public void Apply_AnyOptimizer_SetsTheRatesOfAllGroups()
    {
        var parameters = Parameters();
        using var ours = Optimizers.Adam(0.01)(parameters);
        using var torchs = optim.SGD(parameters, 0.1);
        var schedule = Schedule.Step(5, 0.5);

        new ScheduledRates(ours, schedule).Apply(7);
        new ScheduledRates(torchs, schedule).Apply(12);

        ours.ParamGroups.Single().LearningRate.Should().Be(0.005);
        torchs.ParamGroups.Single().LearningRate.Should().Be(0.025);
    }

    [Fact]
    public void Apply_AfterResuming_GivesTheSameRates()
    {
        var parameters = Parameters();
        using var first = Optimizers.Adam(0.01)(parameters);
        using var second = Optimizers.Adam(0.01)(parameters);
        var schedule = Schedule.Cosine(10);
        new ScheduledRates(first, schedule).Apply(4);
        ((IStateful)second).SetState(((IStateful)first).GetState());

        new ScheduledRates(first, schedule).Apply(5);
        new ScheduledRates(second, schedule).Apply(5);

        second.ParamGroups.Single().LearningRate.Should().Be(first.ParamGroups.Single().LearningRate).And.BeApproximately(0.005, 1e-15);
    }

    private static double[] Factors(LearningRateSchedule schedule, params long[] iterations) => [.. iterations.Select(schedule.FactorAt)];
}
