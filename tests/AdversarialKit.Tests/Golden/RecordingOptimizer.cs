using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

/// <summary>Passes everything on to another optimizer and writes down the gradients that each step was given.</summary>
internal sealed class RecordingOptimizer : OptimizerHelper
{
    private readonly optim.Optimizer _inner;
    private readonly Parameter[] _parameters;

    public RecordingOptimizer(IReadOnlyList<Parameter> parameters, OptimizerFactory inner)
    {
        _parameters = [.. parameters];
        _inner = inner(parameters);
        _defaults = new OptimizerOptions();
        // The inner ones, so that a schedule reaches the rates that count.
        _parameter_groups = [.. _inner.ParamGroups.Cast<ParamGroup>()];
    }

    /// <summary>Per step, the L2 norm of each parameter's gradient.</summary>
    public List<double[]> Norms { get; } = [];

    public double LastNorm(int back = 1) => Math.Sqrt(Norms[^back].Sum(n => n * n));

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Norms.Add([.. _parameters.Select(p => p.grad!.norm().ToDouble())]);
        return _inner.step(closure);
    }

    public override void add_param_group(ParamGroup param_group) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _inner.Dispose();
        }
    }
}
