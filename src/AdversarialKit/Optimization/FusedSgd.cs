using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Stochastic gradient descent through libtorch's fused kernel, or through plain operations where it does not apply.</summary>
internal sealed class FusedSgd : FusedOptimizer<FusedSgdState>, optim.IMomentum
{
    private readonly SgdSettings _settings;

    public FusedSgd(IReadOnlyList<Parameter> parameters, SgdSettings settings, bool useKernels = true)
        : base(settings.LearningRate, useKernels)
    {
        _settings = settings;
        add_param_group(new ParamGroup { Parameters = parameters });
    }

    /// <inheritdoc/>
    public double Momentum
    {
        get => Groups.First().Momentum;
        set
        {
            foreach (var group in Groups)
            {
                group.Momentum = value;
            }
        }
    }

    private IEnumerable<FusedSgdGroup> Groups => _parameter_groups.Cast<FusedSgdGroup>();

    /// <inheritdoc/>
    public override string ToString() => _settings.ToString();

    protected override FusedSgdState CreateState(Parameter parameter) => new(parameter, _settings.Momentum > 0);

    protected override FusedGroup<FusedSgdState> CreateGroup(
        Parameter[] parameters, FusedSgdState[] states, OptimizerOptions options) =>
        new FusedSgdGroup(parameters, states, options, _settings.Momentum);

    protected override void Move(FusedGroup<FusedSgdState> group, FusedBatch<FusedSgdState> batch, bool useKernels)
    {
        var sgd = (FusedSgdGroup)group;
        if (!useKernels)
        {
            MovePlainly(sgd, batch);
            return;
        }

        var (rate, decay) = (group.LearningRate.ToScalar(), _settings.WeightDecay.ToScalar());
        if (_settings.Momentum == 0)
        {
            FusedKernels.Invoke("sgd", [batch.Parameters, batch.Gradients, rate, decay]);
            return;
        }

        var buffers = Array.ConvertAll(batch.States, state => state.momentum_buffer!);
        FusedKernels.Invoke(
            "sgd_momentum",
            [batch.Parameters, batch.Gradients, buffers, rate, decay, sgd.Momentum.ToScalar(), _settings.Nesterov]);
    }

    private void MovePlainly(FusedSgdGroup group, FusedBatch<FusedSgdState> batch)
    {
        using var decay = _settings.WeightDecay.ToScalar();
        using var momentum = group.Momentum.ToScalar();
        using var move = (-group.LearningRate).ToScalar();
        for (var i = 0; i < batch.States.Length; i++)
        {
            using var scope = NewDisposeScope();
            var (parameter, direction) = (batch.Parameters[i], batch.Gradients[i]);
            if (_settings.WeightDecay > 0)
            {
                direction = direction.add(parameter, alpha: decay);
            }

            if (batch.States[i].momentum_buffer is { } buffer)
            {
                buffer.mul_(momentum).add_(direction);
                direction = _settings.Nesterov ? direction.add(buffer, alpha: momentum) : buffer;
            }

            parameter.add_(direction, alpha: move);
        }
    }
}
