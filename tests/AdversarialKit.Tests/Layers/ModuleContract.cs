using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>What every layer of ours owes to a network that holds it.</summary>
public abstract class ModuleContract
{
    /// <summary>Spectral vectors move at every training call: there only evaluation mode is one fixed function.</summary>
    protected virtual bool FixedInTraining => true;

    protected abstract nn.Module Create();

    protected abstract Tensor Input();

    protected abstract Tensor Forward(nn.Module layer, Tensor input);

    [Fact]
    public void LoadStateDict_IntoFreshInstance_GivesEqualOutput()
    {
        using var scope = NewDisposeScope();
        using var first = Create();
        using var second = Create();
        Forward(first, Input());

        second.load_state_dict(first.state_dict());
        first.eval();
        second.eval();

        var input = Input();
        Same(Forward(second, input), Forward(first, input)).Should().BeTrue();
    }

    [Fact]
    public void SaveAndLoad_ThroughStream_GivesEqualOutput()
    {
        using var scope = NewDisposeScope();
        using var first = Create();
        using var second = Create();
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            first.save(writer);
        }

        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        second.load(reader);
        first.eval();
        second.eval();

        var input = Input();
        Same(Forward(second, input), Forward(first, input)).Should().BeTrue();
    }

    [Fact]
    public void To_Float64_ComputesInFloat64()
    {
        using var scope = NewDisposeScope();
        using var module = Create();
        var names = module.state_dict().Keys.ToArray();

        module.to(ScalarType.Float64);

        module.parameters().Where(p => p.dtype != ScalarType.Float64 || !p.requires_grad).Should().BeEmpty();
        module.state_dict().Keys.Should().Equal(names);
        Forward(module, Input().to(ScalarType.Float64)).dtype.Should().Be(ScalarType.Float64);
    }

    [Fact]
    public void Call_InEvaluationMode_LeavesBuffersUntouched()
    {
        using var scope = NewDisposeScope();
        using var module = Create();
        module.eval();
        var before = module.named_buffers().Select(b => b.buffer.clone()).ToArray();

        Forward(module, Input());

        module.named_buffers().Zip(before, (now, then) => Same(now.buffer, then)).Should().NotContain(false);
    }

    [Fact]
    public void Call_Repeatedly_LeavesNoTensorsBehindAndItsInputAlive()
    {
        using var module = Create();
        using var input = Input();
        Forward(module, input).Dispose();
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 3; i++)
        {
            Forward(module, input).Dispose();
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(live);
        input.IsInvalid.Should().BeFalse();
    }

    [Fact]
    public void Create_InsideAScopeThatEnds_SurvivesIt()
    {
        nn.Module module;
        using (NewDisposeScope())
        {
            module = Create();
        }

        using var input = Input();
        using var output = Forward(module, input);
        output.isfinite().all().item<bool>().Should().BeTrue();
        module.Dispose();
        module.Dispose();
    }

    [Fact]
    public void Backward_ByInputAndParameters_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        using var module = Prepare();
        var input = Input().to(ScalarType.Float64).requires_grad_(true);
        Tensor Loss() => Weighted(Forward(module, input));

        Loss().backward();

        ShouldAgree(module, input, Loss);
    }

    [Fact]
    public void DoubleBackward_OfAGradientPenalty_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        using var module = Prepare();
        var input = Input().to(ScalarType.Float64).requires_grad_(true);
        Tensor Penalty() => autograd
            .grad([Weighted(Forward(module, input)).square()], [input], create_graph: true, retain_graph: true)[0].square().sum();

        Penalty().backward();

        ShouldAgree(module, input, Penalty);
    }

    private static bool Same(Tensor left, Tensor right) => left.eq(right).all().item<bool>();

    private static void ShouldAgree(nn.Module module, Tensor input, Func<Tensor> function)
    {
        FiniteDifferences.ShouldAgree(input.grad, FiniteDifferences.Of(function, input), "input", 1e-6);
        foreach (var (name, parameter) in module.named_parameters())
        {
            FiniteDifferences.ShouldAgree(parameter.grad, FiniteDifferences.Of(function, parameter), name, 1e-6);
        }
    }

    private static Tensor Weighted(Tensor output) =>
        (output * arange(output.numel(), ScalarType.Float64).cos().reshape(output.shape)).sum();

    private nn.Module Prepare()
    {
        var module = Create().to(ScalarType.Float64);
        module.train(FixedInTraining);
        return module;
    }
}
