using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Adam in its three forms through libtorch's fused kernel, or through plain operations where it does not apply.</summary>
internal sealed class FusedAdam : FusedOptimizer<FusedAdamState>, optim.IBetas
{
    private const string Iterations = "iterations";

    private readonly AdamSettings _settings;
    private readonly StepCounter _counter;

    public FusedAdam(IReadOnlyList<Parameter> parameters, AdamSettings settings, bool useKernels = true)
        : base(settings.LearningRate, useKernels)
    {
        _settings = settings;
        _counter = settings.SharedCounter ?? new StepCounter();
        add_param_group(new ParamGroup { Parameters = parameters });
    }

    /// <inheritdoc/>
    public (double, double) Betas
    {
        get => Groups.First().Betas;
        set
        {
            foreach (var group in Groups)
            {
                group.Betas = value;
            }
        }
    }

    private IEnumerable<FusedAdamGroup> Groups => _parameter_groups.Cast<FusedAdamGroup>();

    /// <inheritdoc/>
    public override string ToString() => _settings.ToString();

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> GetState()
    {
        var state = new Dictionary<string, Tensor>(base.GetState());
        if (_settings.Form == AdamForm.Keras)
        {
            state[Iterations] = tensor(_counter.Value);
        }

        return state;
    }

    /// <inheritdoc/>
    public override void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        if (_settings.Form != AdamForm.Keras)
        {
            base.SetState(state);
            return;
        }

        var iterations = StateRange.Count(Iterations, NamedTensors.Require(state, Iterations, [], ScalarType.Int64).item<long>());
        base.SetState(state.Where(entry => entry.Key != Iterations).ToDictionary());
        _counter.Value = iterations;
    }

    protected override FusedAdamState CreateState(Parameter parameter) => new(parameter);

    protected override FusedGroup<FusedAdamState> CreateGroup(
        Parameter[] parameters, FusedAdamState[] states, OptimizerOptions options) =>
        new FusedAdamGroup(parameters, states, new AdamOptions(options, _counter), (_settings.Beta1, _settings.Beta2));

    protected override void BeginStep()
    {
        if (_settings.Form == AdamForm.Keras)
        {
            _counter.Advance();
        }
    }

    protected override void Move(FusedGroup<FusedAdamState> group, FusedBatch<FusedAdamState> batch, bool useKernels)
    {
        var steps = _settings.Form == AdamForm.Keras ? _counter.Value : batch.States[0].step + 1;
        foreach (var state in batch.States)
        {
            state.step = steps;
        }

        var adam = (FusedAdamGroup)group;
        if (useKernels)
        {
            MoveFused(adam, batch, steps);
        }
        else
        {
            MovePlainly(adam, batch, steps);
        }
    }

    private void MoveFused(FusedAdamGroup group, FusedBatch<FusedAdamState> batch, long steps)
    {
        var count = batch.States.Length;
        var whole = count == group.FirstMoments.Length;
        var first = whole ? group.FirstMoments : new Tensor[count];
        var second = whole ? group.SecondMoments : new Tensor[count];
        for (var i = 0; i < count; i++)
        {
            (first[i], second[i]) = (batch.States[i].exp_avg, batch.States[i].exp_avg_sq);
        }

        var (beta1, beta2) = group.Betas;
        FusedKernels.Invoke(
            _settings.Form == AdamForm.Decoupled ? "adamw" : "adam",
            [batch.Parameters, batch.Gradients, first, second],
            steps, group.LearningRate, beta1, beta2, TorchEpsilon(beta2, steps), _settings.WeightDecay);
    }

    // Keras's form divides by sqrt(v) + eps, the kernel by sqrt(v / c) + eps' with c = 1 - beta2^t: equal for eps' = eps / sqrt(c).
    private double TorchEpsilon(double beta2, long steps) => _settings.Form == AdamForm.Keras
        ? _settings.Epsilon / Math.Sqrt(1 - Math.Pow(beta2, steps))
        : _settings.Epsilon;

    private void MovePlainly(FusedAdamGroup group, FusedBatch<FusedAdamState> batch, long steps)
    {
        var (beta1, beta2) = group.Betas;
        var (decay, rate) = (_settings.WeightDecay, group.LearningRate);
        var stepSize = rate / (1 - Math.Pow(beta1, steps));
        var correction = Math.Sqrt(1 - Math.Pow(beta2, steps));
        for (var i = 0; i < batch.States.Length; i++)
        {
            using var scope = NewDisposeScope();
            var (parameter, gradient, state) = (batch.Parameters[i], batch.Gradients[i], batch.States[i]);
            if (_settings.Form == AdamForm.Decoupled)
            {
                parameter.mul_(1 - rate * decay);
            }
            else if (decay > 0)
            {
                gradient = gradient.add(parameter, alpha: decay);
            }

            state.exp_avg.mul_(beta1).add_(gradient, alpha: 1 - beta1);
            state.exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);
            var root = state.exp_avg_sq.sqrt().div_(correction).add_(TorchEpsilon(beta2, steps));
            parameter.addcdiv_(state.exp_avg, root, value: -stepSize);
        }
    }
}
