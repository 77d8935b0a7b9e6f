using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>What the fused optimizers share: parameter groups, reading of the gradients, and state that can be named.</summary>
/// <typeparam name="TState">The state of one parameter.</typeparam>
internal abstract class FusedOptimizer<TState> : OptimizerHelper, IStateful
    where TState : FusedState
{
    private readonly List<FusedGroup<TState>> _groups = [];
    private readonly bool _useKernels;

    protected FusedOptimizer(double learningRate, bool useKernels)
    {
        _useKernels = useKernels;
        _defaults = new OptimizerOptions { LearningRate = learningRate, InitialLearningRate = learningRate };
        _parameter_groups = new List<ParamGroup>();
    }

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        var parameters = param_group.Parameters.ToArray();
        if (parameters.Any(p => _state.ContainsKey(p.Handle)) || parameters.Distinct().Count() < parameters.Length)
        {
            throw new ArgumentException(
                "A parameter was given to the optimizer twice; each belongs into one group, once.", nameof(param_group));
        }

        var states = Array.ConvertAll(parameters, CreateState);
        for (var i = 0; i < parameters.Length; i++)
        {
            _state[parameters[i].Handle] = states[i];
        }

        var group = CreateGroup(parameters, states, Complete(param_group.Options));
        _groups.Add(group);
        _parameter_groups.Add(group);
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        var loss = closure is null ? null : Evaluate(closure);
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        for (var i = 0; i < _groups.Count; i++)
        {
            StepGroup(_groups[i], isFirst: i == 0);
        }

        return loss;
    }

    /// <inheritdoc/>
    public virtual IReadOnlyDictionary<string, Tensor> GetState() => new NamedOptimizerState(this).GetState();

    /// <inheritdoc/>
    public virtual void SetState(IReadOnlyDictionary<string, Tensor> state) => new NamedOptimizerState(this).SetState(state);

    protected abstract TState CreateState(Parameter parameter);

    protected abstract FusedGroup<TState> CreateGroup(Parameter[] parameters, TState[] states, OptimizerOptions options);

    /// <summary>Called once for all groups, after the first gradients were found to fit.</summary>
    protected virtual void BeginStep()
    {
    }

    /// <summary>Moves parameters that all have a gradient and an equal step count.</summary>
    protected abstract void Move(FusedGroup<TState> group, FusedBatch<TState> batch, bool useKernels);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
        {
            return;
        }

        foreach (var group in _groups)
        {
            Array.ForEach(group.States, state => state.Dispose());
        }
    }

    private static Tensor Evaluate(Func<Tensor> closure)
    {
        using var recording = enable_grad();
        return closure();
    }

    private OptimizerOptions Complete(OptimizerOptions? given)
    {
        var rate = given?.LearningRate ?? _defaults.LearningRate;
        return new OptimizerOptions { LearningRate = rate, InitialLearningRate = rate!.Value };
    }

    private void StepGroup(FusedGroup<TState> group, bool isFirst)
    {
        var batch = group.ReadGradients();
        if (isFirst)
        {
            BeginStep();
        }

        if (batch.Parameters.Length == 0)
        {
            return;
        }

        var useKernels = _useKernels && group.KernelsApply;
        var steps = batch.States[0].Steps;
        if (Array.TrueForAll(batch.States, state => state.Steps == steps))
        {
            Move(group, batch, useKernels);
            return;
        }

        // A parameter that was skipped before lags behind, and its bias correction with it.
        foreach (var lot in Enumerable.Range(0, batch.States.Length).GroupBy(i => batch.States[i].Steps))
        {
            Move(group, batch.Pick([.. lot]), useKernels);
        }
    }
}
