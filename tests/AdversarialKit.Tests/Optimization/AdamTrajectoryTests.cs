using TorchSharp.Modules;
using static AdversarialKit.Tests.OptimizerTestData;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public class AdamTrajectoryTests
{
    [Fact]
    public void Step_KerasForm_AgreesWithRecordedTrajectory() =>
        Trajectory("k.adam.keras_own_counter", Optimizers.KerasAdam(2e-4, 0.5)).Should().BeTrue();

    [Theory]
    [InlineData("k.adam.torch_eps1e-7", 1e-7)]
    [InlineData("k.adam.torch_eps1e-8", 1e-8)]
    public void Step_TorchForm_AgreesWithRecordedTrajectory(string id, double epsilon) =>
        Trajectory(id, Optimizers.Adam(2e-4, 0.5, epsilon: epsilon)).Should().BeTrue();

    [Fact]
    public void Step_SharedCounter_CountsTheStepsOfBoth()
    {
        var (d, g) = (Vector("k.adam.keras_shared_counter_D"), Vector("k.adam.keras_shared_counter_G"));
        var counter = new StepCounter();
        var factory = Optimizers.KerasAdam(2e-4, 0.5, counter: counter);
        using var pd = Scalar();
        using var pg = Scalar();
        using var forD = factory([pd]);
        using var forG = factory([pg]);
        var times = new List<long>();
        for (var (round, i) = (0, 0); round < 2; round++)
        {
            for (var update = 0; update < 2; update++, i++)
            {
                StepOnce(forD, pd, Numbers(d.GetProperty("inputs").GetProperty("grads"))[i]);
                times.Add(counter.Value);
                pd.item<double>().Should().BeApproximately(Numbers(d.GetProperty("expected"))[i], 1e-13);
            }

            StepOnce(forG, pg, Numbers(g.GetProperty("inputs").GetProperty("grads"))[round]);
            times.Add(counter.Value);
            pg.item<double>().Should().BeApproximately(Numbers(g.GetProperty("expected"))[round], 1e-13);
        }

        times.Should().Equal(1, 2, 3, 4, 5, 6);
    }

    private static bool Trajectory(string id, OptimizerFactory factory)
    {
        var vector = Vector(id);
        using var parameter = Scalar();
        using var adam = factory([parameter]);
        foreach (var (gradient, expected) in Numbers(vector.GetProperty("inputs").GetProperty("grads")).Zip(Numbers(vector.GetProperty("expected"))))
        {
            StepOnce(adam, parameter, gradient);
            parameter.item<double>().Should().BeApproximately(expected, vector.GetProperty("tolerance").GetDouble());
        }

        return true;
    }

    private static Parameter Scalar() => new(tensor(1.0, dtype: ScalarType.Float64));

    private static void StepOnce(optim.Optimizer optimizer, Parameter parameter, double gradient)
    {
        parameter.grad = tensor(gradient, dtype: ScalarType.Float64);
        optimizer.step();
    }
}
