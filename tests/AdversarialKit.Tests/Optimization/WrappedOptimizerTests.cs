using AdversarialKit.Tests.Golden;
using AdversarialKit.Tests.Support;
using Microsoft.Extensions.Logging;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Optimization;

/// <summary>An optimizer that wraps another trains; that a checkpoint cannot hold it is said when the GAN is built.</summary>
public sealed class WrappedOptimizerTests : IDisposable
{
    private const string Sentence = "The state of RecordingOptimizer cannot be read: it keeps none under TorchSharp's names, as an optimizer that wraps another does. "
        + "Let it implement IStateful and hand on the state of the one that it wraps, or give WithOptimizers that one.";

    private readonly CheckpointFolder _folder = new();
    private readonly CollectingLogger _log = new(LogLevel.Warning);
    private readonly nn.Module<Tensor, Tensor> _generator = Toy.Generator();
    private readonly nn.Module<Tensor, Tensor> _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real();

    public void Dispose()
    {
        _folder.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        _real.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void Build_OptimizerThatWrapsAnother_TrainsAndWarnsOnce()
    {
        using var gan = Build(p => new RecordingOptimizer(p, Optimizers.Adam(1e-2)));

        gan.TrainStep(_real).Iteration.Should().Be(1);

        _log.Entries.Should().ContainSingle().Which.Should().Be((LogLevel.Warning, 2, "Checkpoints cannot be written. " + Sentence));
    }

    [Fact]
    public void SaveCheckpoint_OptimizerThatWrapsAnother_SaysWhatToDoAndWritesNothing()
    {
        using var gan = Build(p => new RecordingOptimizer(p, Optimizers.Adam(1e-2)));

        var save = () => gan.SaveCheckpoint(_folder.Path);

        save.Should().Throw<NotSupportedException>().WithMessage(Sentence);
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public void Fit_OptimizerThatWrapsAnotherAndCheckpoints_IsRefusedBeforeTheFirstIteration()
    {
        using var gan = Build(p => new RecordingOptimizer(p, Optimizers.Adam(1e-2)));

        var fit = () => gan.Fit([_real], new FitOptions { Checkpoints = new CheckpointOptions { Directory = _folder.Path } });

        fit.Should().Throw<NotSupportedException>().WithMessage(Sentence);
        gan.Iteration.Should().Be(0);
    }

    [Fact]
    public void SaveCheckpoint_WrapperThatHandsTheStateOn_WorksAndGoesOnBitForBit()
    {
        using var gan = Build(p => new Handing(p));
        gan.TrainStep(_real);
        gan.SaveCheckpoint(_folder.Path);
        gan.TrainStep(_real);
        var expected = Snapshot.Of(_generator).Parameters;

        gan.LoadCheckpoint(_folder.Path);
        gan.TrainStep(_real);

        Snapshot.Of(_generator).Parameters.Should().Be(expected);
        _log.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Build_NativeOptimizer_SaysWhy()
    {
        var build = () => Build(p => optim.LBFGS(p)).Dispose();

        build.Should().Throw<InvalidGanException>().Which.Faults.Should().Equal(
            "The optimizer of the discriminator cannot be used. The state of LBFGS cannot be read, because TorchSharp keeps it in native code; choose another optimizer.",
            "The optimizer of the generator cannot be used. The state of LBFGS cannot be read, because TorchSharp keeps it in native code; choose another optimizer.");
    }

    private Gan Build(OptimizerFactory factory) => Toy.Builder(_generator, _discriminator).WithOptimizers(factory).WithLogger(_log).Build();

    private sealed class Handing : OptimizerHelper, IStateful
    {
        private readonly optim.Optimizer _inner;

        public Handing(IReadOnlyList<Parameter> parameters)
        {
            _inner = Optimizers.Adam(1e-2)(parameters);
            _defaults = new OptimizerOptions();
            _parameter_groups = [new ParamGroup { Parameters = [.. parameters] }];
        }

        public override Tensor? step(Func<Tensor>? closure = null) => _inner.step(closure);

        public override void add_param_group(ParamGroup param_group) => throw new NotSupportedException();

        public IReadOnlyDictionary<string, Tensor> GetState() => ((IStateful)_inner).GetState();

        public void SetState(IReadOnlyDictionary<string, Tensor> state) => ((IStateful)_inner).SetState(state);

        public override string ToString() => "handing on";

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            _inner.Dispose();
        }
    }
}
