using TorchSharp;
using TorchSharp.Modules;
using static AdversarialKit.Tests.OptimizerTestData;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public class FusedAdamTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 0, 2e-4)]
    [InlineData(ScalarType.Float64, 0, 1e-12)]
    [InlineData(ScalarType.Float64, 0.1, 1e-12)]
    public void Step_AThousandTimes_AgreesWithTorch(ScalarType type, double decay, double tolerance)
    {
        var (mine, theirs) = (Parameters(type), Parameters(type));
        using var fused = Optimizers.Adam(1e-3, 0.5, 0.999, 1e-8, decay)(mine);
        using var ordinary = optim.Adam(theirs, 1e-3, 0.5, 0.999, 1e-8, decay);

        Train(fused, mine, 0, 1000);
        Train(ordinary, theirs, 0, 1000);

        Difference(mine, theirs).Should().BeLessThan(tolerance);
        Difference(mine, Parameters(type)).Should().BeGreaterThan(1e-3);
    }

    [Fact]
    public void Step_Decoupled_AgreesWithTorch()
    {
        var (mine, theirs) = (Parameters(ScalarType.Float64), Parameters(ScalarType.Float64));
        using var fused = Optimizers.AdamW(1e-2)(mine);
        using var ordinary = optim.AdamW(theirs, 1e-2, 0.9, 0.999, 1e-8, 0.01);

        Train(fused, mine, 0, 1000);
        Train(ordinary, theirs, 0, 1000);

        Difference(mine, theirs).Should().BeLessThan(1e-11);
    }

    [Theory]
    [InlineData((int)AdamForm.Torch)]
    [InlineData((int)AdamForm.Decoupled)]
    [InlineData((int)AdamForm.Keras)]
    public void Step_WithoutKernels_AgreesWithFused(int form)
    {
        var settings = new AdamSettings((AdamForm)form, 1e-3, 0.5, 0.999, 1e-7, form == (int)AdamForm.Keras ? 0 : 0.1);
        var (one, other) = (Parameters(ScalarType.Float64), Parameters(ScalarType.Float64));
        using var fused = new FusedAdam(one, settings);
        using var plain = new FusedAdam(other, settings, useKernels: false);

        Train(fused, one, 0, 50);
        Train(plain, other, 0, 50);

        Difference(one, other).Should().BeLessThan(1e-13);
    }

    [Fact]
    public void Step_InHalfPrecision_MovesAsThePlainForm()
    {
        var parameters = Parameters(ScalarType.BFloat16);
        using var adam = Optimizers.Adam(0.1)(parameters);

        Train(adam, parameters, 0, 3);

        Difference(parameters, Parameters(ScalarType.BFloat16)).Should().BeInRange(0.05, 0.5);
    }

    [Fact]
    public void Step_ParameterWithoutGradient_StaysAndKeepsItsCount()
    {
        var (mine, theirs) = (Parameters(ScalarType.Float64), Parameters(ScalarType.Float64));
        using var fused = Optimizers.Adam()(mine);
        using var ordinary = optim.Adam(theirs, 1e-3, 0.9, 0.999);
        for (var step = 0; step < 20; step++)
        {
            SetGradients(mine, step);
            SetGradients(theirs, step);
            (mine[1].grad, theirs[1].grad) = step % 3 == 1 ? (null, null) : (mine[1].grad, theirs[1].grad);
            fused.step();
            ordinary.step();
        }

        Difference(mine, theirs).Should().BeLessThan(1e-12);
    }

    [Fact]
    public void Step_WithoutAnyGradient_ChangesNothing()
    {
        var parameters = Parameters();
        using var adam = Optimizers.Adam()(parameters);

        adam.step();

        Bytes(parameters).Should().Equal(Bytes(Parameters()));
    }

    [Fact]
    public void Step_TwoGroups_FollowTheirOwnRates()
    {
        var mine = Parameters(ScalarType.Float64);
        var theirs = Parameters(ScalarType.Float64);
        using var fused = (OptimizerHelper)Optimizers.Adam(1e-3)(mine[..2]);
        fused.add_param_group(new ParamGroup { Parameters = mine[2..], Options = new OptimizerOptions { LearningRate = 0.1 } });
        using var ordinary = optim.Adam(theirs[..2], 1e-3, 0.9, 0.999);
        using var second = optim.Adam(theirs[2..], 0.1, 0.9, 0.999);
        fused.ParamGroups.First().LearningRate = 0.05;
        ordinary.ParamGroups.First().LearningRate = 0.05;
        for (var step = 0; step < 10; step++)
        {
            SetGradients(mine, step);
            SetGradients(theirs, step);
            fused.step();
            ordinary.step();
            second.step();
        }

        Difference(mine, theirs).Should().BeLessThan(1e-12);
        fused.parameters().Should().HaveCount(5);
    }

    [Fact]
    public void Step_NonContiguousGradient_IsReadInItsOrder()
    {
        using var mine = new Parameter(zeros(2, 3, dtype: ScalarType.Float64));
        using var adam = Optimizers.Adam(0.1)([mine]);
        using var gradient = tensor(new double[,] { { 1, -1 }, { 1, 1 }, { -1, -1 } }).t();
        mine.grad = gradient;

        adam.step();

        mine.detach().sign().neg().Equals(gradient.contiguous()).Should().BeTrue();
    }

    [Fact]
    public void Step_GradientOfAnotherShape_IsRefused()
    {
        using var parameter = new Parameter(zeros(2, 3));
        var counter = new StepCounter();
        using var adam = Optimizers.KerasAdam(counter: counter)([parameter]);
        parameter.grad = zeros(2);

        var step = () => adam.step();

        step.Should().Throw<InvalidOperationException>().WithMessage(
            "The gradient of parameter 0 has shape [2] and type Float32, but the parameter has shape [2, 3] and type Float32; " +
            "set a gradient that fits, or null.");
        counter.Value.Should().Be(0);
    }

    [Fact]
    public void Step_AThousandTimes_KeepsTheNumberOfLiveTensors()
    {
        var parameters = Parameters();
        using var adam = Optimizers.KerasAdam()(parameters);
        Train(adam, parameters, 0, 2);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Train(adam, parameters, 2, 1002);

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void Step_MadeInsideADisposeScope_OutlivesIt()
    {
        var parameters = Parameters();
        optim.Optimizer adam;
        using (NewDisposeScope())
        {
            adam = Optimizers.Adam()(parameters);
            Train(adam, parameters, 0, 1);
        }

        Train(adam, parameters, 1, 3);

        var others = Parameters();
        using var same = Optimizers.Adam()(others);
        Train(same, others, 0, 3);
        Bytes(parameters).Should().Equal(Bytes(others));
        adam.Dispose();
    }

    [Fact]
    public void AddParamGroup_ParameterTwice_IsRefused()
    {
        var parameters = Parameters();

        var make = () => Optimizers.Adam()([parameters[0], parameters[0]]);

        make.Should().Throw<ArgumentException>().WithMessage(
            "A parameter was given to the optimizer twice; each belongs into one group, once. (Parameter 'param_group')");
    }

    [Fact]
    public void ToString_NamesWhatDiffersFromPlainAdam()
    {
        var parameters = Parameters();
        Optimizers.KerasAdam(2e-4, 0.5, counter: new())(parameters).ToString().Should()
            .Be("Adam(lr 0.0002, beta1 0.5, beta2 0.999, eps 1e-07, Keras form, shared counter)");
        Optimizers.AdamW(1e-3)(parameters).ToString().Should()
            .Be("AdamW(lr 0.001, beta1 0.9, beta2 0.999, eps 1e-08, weight decay 0.01)");
    }
}
