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
        using var numbers = new AdamNumbers(beta1, beta2, group.LearningRate, _settings.WeightDecay, steps);
        using var epsilon = TorchEpsilon(beta2, steps).ToScalar();
        for (var i = 0; i < batch.States.Length; i++)
        {
            using var scope = NewDisposeScope();
            var (parameter, gradient, state) = (batch.Parameters[i], batch.Gradients[i], batch.States[i]);
            if (_settings.Form == AdamForm.Decoupled)
            {
                parameter.mul_(numbers.Kept);
            }
            else if (_settings.WeightDecay > 0)
            {
                gradient = gradient.add(parameter, alpha: numbers.Decay);
            }

            state.exp_avg.mul_(numbers.OldFirst).add_(gradient, alpha: numbers.NewFirst);
            state.exp_avg_sq.mul_(numbers.OldSecond).addcmul_(gradient, gradient, value: numbers.NewSecond);
            var root = state.exp_avg_sq.sqrt().div_(numbers.Correction).add_(epsilon);
            parameter.addcdiv_(state.exp_avg, root, value: numbers.Step);
        }
    }
}
