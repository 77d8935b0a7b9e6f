using static AdversarialKit.Tests.OptimizerTestData;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public class NamedOptimizerStateTests
{
    // All that TorchSharp offers, but for Rprop, which throws in TorchSharp 0.107 at its first step, and LBFGS, which is native.
    private static readonly Dictionary<string, OptimizerFactory> Factories = new()
    {
        ["Adam"] = p => optim.Adam(p, 1e-3),
        ["Adam, amsgrad"] = p => optim.Adam(p, 1e-3, amsgrad: true, weight_decay: 0.1),
        ["AdamW"] = p => optim.AdamW(p, 1e-3),
        ["SGD"] = p => optim.SGD(p, 1e-2, 0.9, nesterov: true),
        ["SGD, no momentum"] = p => optim.SGD(p, 1e-2),
        ["RMSProp"] = p => optim.RMSProp(p, 1e-3, momentum: 0.9, centered: true),
        ["NAdam"] = p => optim.NAdam(p, 1e-3),
        ["RAdam"] = p => optim.RAdam(p, 1e-3),
        ["Adagrad"] = p => optim.Adagrad(p, 1e-2),
        ["Adadelta"] = p => optim.Adadelta(p, 1),
        ["Adamax"] = p => optim.Adamax(p, 1e-3),
        ["ASGD"] = p => optim.ASGD(p, 1e-3),
        ["fused Adam"] = Optimizers.Adam(),
        ["fused AdamW"] = Optimizers.AdamW(),
        ["fused Keras Adam"] = Optimizers.KerasAdam(),
        ["fused SGD"] = Optimizers.Sgd(1e-2),
        ["fused SGD, Nesterov"] = Optimizers.Sgd(1e-2, 0.9, nesterov: true),
    };

    public static TheoryData<string> Names => [.. Factories.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_HalfWay_ContinuesBitForBit(string name)
    {
        var whole = Parameters();
        using var unbroken = Factories[name](whole);
        Train(unbroken, whole, 0, 10);
        SlowDown(unbroken);
        Train(unbroken, whole, 10, 20);

        var halves = Parameters();
        var first = Factories[name](halves);
        Train(first, halves, 0, 10);
        SlowDown(first);
        var state = NamedOptimizerState.Of(first).GetState();
        first.Dispose();
        using var second = Factories[name](halves);
        using (NewDisposeScope())
        {
            NamedOptimizerState.Of(second).SetState(state);
        }

        Train(second, halves, 10, 20);

        Bytes(halves).Should().Equal(Bytes(whole));
        state.Keys.Should().NotContain(key => key.Contains('/', StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_OfAFreshOptimizer_StartsAgain(string name)
    {
        var parameters = Parameters();
        using var optimizer = Factories[name](parameters);
        var fresh = NamedOptimizerState.Of(optimizer).GetState();
        Train(optimizer, parameters, 0, 5);
        using (no_grad())
        {
            parameters.Zip(Parameters()).ToList().ForEach(pair => pair.First.copy_(pair.Second));
        }

        NamedOptimizerState.Of(optimizer).SetState(fresh);
        Train(optimizer, parameters, 0, 5);

        var others = Parameters();
        using var other = Factories[name](others);
        Train(other, others, 0, 5);
        Bytes(parameters).Should().Equal(Bytes(others));
    }

    [Theory]
    [InlineData("fused Adam", "Adam")]
    [InlineData("Adam", "fused Adam")]
    [InlineData("SGD", "fused SGD, Nesterov")]
    [InlineData("fused SGD, Nesterov", "SGD")]
    public void SetState_OfTheOrdinaryNamesake_Continues(string from, string to)
    {
        var (whole, halves) = (Parameters(), Parameters());
        using var unbroken = Factories[from](whole);
        using var first = Factories[from](halves);
        using var second = Factories[to](halves);
        Train(unbroken, whole, 0, 20);
        Train(first, halves, 0, 10);

        NamedOptimizerState.Of(second).SetState(NamedOptimizerState.Of(first).GetState());
        Train(second, halves, 10, 20);

        Difference(halves, whole).Should().BeLessThan(1e-5);
    }

    [Fact]
    public void GetState_FusedAdam_HasTheStandardNames()
    {
        var parameters = Parameters()[..1];
        using var adam = Optimizers.Adam()(parameters);
        Train(adam, parameters, 0, 3);

        var state = ((IStateful)adam).GetState();

        state.Keys.Should().BeEquivalentTo(
            "step", "exp_avg.0", "exp_avg_sq.0", "learning_rate", "initial_learning_rate", "beta1", "beta2");
        state["step"].data<long>().ToArray().Should().Equal(3);
        state["exp_avg.0"].shape.Should().Equal(13, 7);
    }

    [Fact]
    public void SetState_KerasForm_SetsTheSharedCounter()
    {
        var parameters = Parameters();
        var counter = new StepCounter();
        using var adam = Optimizers.KerasAdam(counter: counter)(parameters);
        Train(adam, parameters, 0, 5);
        var state = ((IStateful)adam).GetState();
        Train(adam, parameters, 5, 9);

        ((IStateful)adam).SetState(state);

        counter.Value.Should().Be(5);
    }

    [Fact]
    public void SetState_Unfitting_ChangesNothing()
    {
        var parameters = Parameters();
        using var adam = Optimizers.KerasAdam()(parameters);
        Train(adam, parameters, 0, 5);
        var before = ((IStateful)adam).GetState();

        Refused(adam, before, s => s.Remove("exp_avg.4")).Should().Be(
            "The state lacks 'exp_avg.4'; it was saved by something else. (Parameter 'state')");
        Refused(adam, before, s => s["exp_avg.0"] = zeros(7, 13)).Should().Be(
            "'exp_avg.0' in the state has shape [7, 13] and type Float32, but shape [13, 7] and type Float32 are needed. (Parameter 'state')");
        Refused(adam, before, s => s["step"] = zeros(5)).Should().Be(
            "'step' in the state has shape [5] and type Float32, but shape [5] and type Int64 are needed. (Parameter 'state')");
        Refused(adam, before, s => s["other"] = zeros(5)).Should().Be(
            "The state has 'other', which is not known here; it was saved by something else. (Parameter 'state')");
        Refused(adam, before, s => s.Remove("iterations")).Should().Be(
            "The state lacks 'iterations'; it was saved by something else. (Parameter 'state')");

        foreach (var (name, value) in ((IStateful)adam).GetState())
        {
            Bytes([value]).Should().Equal(Bytes([before[name]]));
        }
    }

    [Fact]
    public void SetState_MomentsThatTheOptimizerHasNot_AreRefused()
    {
        var parameters = Parameters();
        using var amsgrad = Factories["Adam, amsgrad"](parameters);
        using var adam = Factories["Adam"](parameters);
        var state = NamedOptimizerState.Of(amsgrad).GetState();

        var set = () => NamedOptimizerState.Of(adam).SetState(state);

        set.Should().Throw<ArgumentException>().WithMessage(
            "The state has 'max_exp_avg_sq.0', which is not known here; it was saved by something else. (Parameter 'state')");
    }

    [Fact]
    public void Of_NativeOptimizer_IsRefused()
    {
        using var lbfgs = optim.LBFGS(Parameters());

        var view = () => NamedOptimizerState.Of(lbfgs);

        view.Should().Throw<NotSupportedException>().WithMessage(
            "The state of LBFGS cannot be read, because TorchSharp keeps it in native code; choose another optimizer.");
    }

    private static void SlowDown(optim.Optimizer optimizer)
    {
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate *= 0.7;
        }
    }

    private static string Refused(
        optim.Optimizer optimizer, IReadOnlyDictionary<string, Tensor> state, Action<Dictionary<string, Tensor>> spoil)
    {
        var spoilt = new Dictionary<string, Tensor>(state);
        spoil(spoilt);
        var set = () => ((IStateful)optimizer).SetState(spoilt);
        return set.Should().Throw<ArgumentException>().Which.Message;
    }
}
