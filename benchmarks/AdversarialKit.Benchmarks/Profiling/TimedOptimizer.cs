using TorchSharp.Modules;

namespace AdversarialKit.Benchmarks;

/// <summary>An optimizer that says how long its steps take; what comes just before a step is the backward pass.</summary>
internal sealed class TimedOptimizer : OptimizerHelper
{
    private readonly optim.Optimizer _inner;
    private readonly Timeline _timeline;

    private TimedOptimizer(optim.Optimizer inner, IReadOnlyList<Parameter> parameters, Timeline timeline)
    {
        (_inner, _timeline) = (inner, timeline);
        _defaults = new OptimizerOptions();
        _parameter_groups = [new ParamGroup { Parameters = parameters }];
    }

    public static OptimizerFactory Around(OptimizerFactory inner, Timeline timeline) =>
        parameters => new TimedOptimizer(inner(parameters), parameters, timeline);

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        _timeline.Mark(Phase.Backward);
        var result = _inner.step(closure);
        _timeline.Mark(Phase.Optimizers);
        return result;
    }

    public override void add_param_group(ParamGroup param_group) => _inner.add_param_group(param_group);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _inner.Dispose();
        }
    }
}
