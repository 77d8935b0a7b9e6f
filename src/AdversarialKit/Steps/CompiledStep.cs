using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>
/// A compiled step: it <em>trains</em> some networks, whose trainable parameters were taken down once at <c>Build()</c>, it
/// <em>sees</em> others frozen, and it may <em>draw</em> from others without a graph. "Trainable" is a property of this step, not of
/// weights: another step may move what this one sees, and the other way round.
/// </summary>
/// <remarks>
/// After a run, what the step does not train is the same to the last byte, buffers included, except for the buffers of a network that it
/// draws from in training mode, which move as in any such pass. That holds as well where the objective throws. A step runs through the
/// system that owns it: <see cref="AdversarialSystem.TrainStep"/>, or <see cref="AdversarialSystem.Run(string, Batch)"/> for this one alone.
/// </remarks>
public sealed class CompiledStep
{
    internal const string LossName = "loss";
    internal const string GradientNormName = "gradient norm";

    private readonly StepPlan _plan;
    private readonly NetworkUse[] _uses;
    private readonly ScheduledRates? _rates;
    private readonly Parameter[] _trainable;

    internal CompiledStep(StepPlan plan, NetworkUse[] uses, optim.Optimizer optimizer)
    {
        _plan = plan;
        _uses = uses;
        Optimizer = optimizer;
        _rates = plan.Schedule is null ? null : new ScheduledRates(optimizer, plan.Schedule);
        var trained = uses.Where(use => use.Role == NetworkRole.Trained).Select(use => use.Network).ToArray();
        _trainable = [.. trained.SelectMany(network => network.Trainable).Distinct()];
        ElementType = trained[0].ElementType;
        Device = trained[0].Device;
        TrainableParameters = Array.AsReadOnly(_trainable);
        Seen = [.. uses.Where(use => use.Role != NetworkRole.Trained).Select(use => new FrozenParameterView(use.Network))];
    }

    /// <summary>The step's name in its system.</summary>
    public string Name => _plan.Name;

    /// <summary>What a run of this step may move, as trainable at <c>Build()</c>.</summary>
    public IReadOnlyList<Parameter> TrainableParameters { get; }

    /// <summary>The networks that it runs and does not train: those that it sees frozen and those that it draws from.</summary>
    public IReadOnlyList<FrozenParameterView> Seen { get; }

    /// <summary>How often it was made so far.</summary>
    public long StepsMade { get; internal set; }

    internal optim.Optimizer Optimizer { get; }

    /// <summary>Brings in the gradients of the other ranks; null in one process.</summary>
    internal GradientExchange? Exchange { get; set; }

    internal ScalarType ElementType { get; }

    internal Device Device { get; }

    internal StepPlan Plan => _plan;

    internal bool MeasuresNorm => _plan.MeasuresNorm || _plan.Clipping is not null;

    internal IReadOnlyList<NetworkUse> Uses => _uses;

    /// <summary>Lets the learning rate follow its schedule.</summary>
    internal void FollowSchedule(long iteration) => _rates?.Apply(iteration);

    /// <summary>Makes the step once.</summary>
    /// <param name="batch">The batch, checked; the step adds to it what it prepares.</param>
    /// <param name="run">Where in the training it is.</param>
    /// <param name="instead">What is minimised in place of the step's own objective; null for that.</param>
    /// <returns>The names of what was measured, and the numbers, still on the device.</returns>
    internal StepMeasures Run(NamedBatch batch, StepRun run, Action<StepContext>? instead = null)
    {
        using var scope = NewDisposeScope();
        using var hold = new StepHold(_uses);
        run.Shared.Begin();
        _plan.Prepare?.Invoke(new StepContext(this, batch, run));
        if (_plan.MicroBatches > 1)
        {
            run.Shared.JoinTo(batch);
        }

        var measures = StepMeasures.None;
        foreach (var objective in instead is null ? _plan.Objectives : [instead])
        {
            measures = measures.Then(Update(objective, batch, run));
        }

        ClipWeights();
        StepsMade++;
        run.Shared.Commit();
        return measures.MoveToOuterDisposeScope();
    }

    /// <summary>Makes the step up to the gradient, which it leaves, for a trial before training: nothing moves but buffers.</summary>
    internal void Try(NamedBatch batch, StepRun run)
    {
        using var hold = new StepHold(_uses);
        _plan.Prepare?.Invoke(new StepContext(this, batch, run));
        foreach (var objective in _plan.Objectives)
        {
            Array.ForEach(_trainable, parameter => parameter.grad = null);
            var context = new StepContext(this, batch, run);
            objective(context);
            Differentiate(context.Total, batch.Share);
            _ = context.Stack();
        }
    }

    /// <summary>The use of a network in this step.</summary>
    /// <exception cref="ArgumentException">The step does not name it.</exception>
    internal NetworkUse UseOf(nn.Module network)
    {
        foreach (var use in _uses)
        {
            if (ReferenceEquals(use.Network.Module, network))
            {
                return use;
            }
        }

        throw new ArgumentException(
            $"The step '{Name}' runs a {network.GetType().Name} that it does not name; it names {string.Join(", ", _uses.Select(use => $"'{use.Network.Role}'"))}. " +
            "Call Trains, Sees or DrawsFrom with that module where the step is described.",
            nameof(network));
    }

    // One update: gradients of all parts of the batch add up, then the optimizer moves what the step trains and nothing else.
    private StepMeasures Update(Action<StepContext> objective, NamedBatch batch, StepRun run)
    {
        Array.ForEach(_trainable, parameter => parameter.grad = null);
        IReadOnlyList<string> names = [];
        Tensor? measured = null;
        foreach (var part in batch.Split(_plan.MicroBatches, _plan.Together))
        {
            var context = new StepContext(this, part, run);
            objective(context);
            Differentiate(context.Total, part.Share * run.Part);
            names = measured is null ? context.MeasuredNames : SameNames(names, context.MeasuredNames);
            var own = context.Stack();
            measured = measured is null ? own : measured + own;
        }

        Exchange?.Sum();
        var norm = _plan.Clipping?.Apply(_trainable) ?? (_plan.MeasuresNorm ? GradientNorm.Of(_trainable) : Scalars.NotANumber);
        Optimizer.step();
        return new StepMeasures([.. names, GradientNormName], Scalars.Append(measured!, norm));
    }

    private void Differentiate(Tensor total, double share)
    {
        if (!total.requires_grad)
        {
            throw new InvalidOperationException(
                $"The objective of the step '{Name}' is not connected to anything that the step trains. Run the trained networks through " +
                "the context's Forward, and keep detach() and no_grad() off the way from them to the terms.");
        }

        autograd.backward([share == 1 ? total : total * share], inputs: _trainable);
    }

    // Arjovsky et al. 2017, algorithm 1, line 7: after each update of the critic.
    private void ClipWeights()
    {
        if (_plan.WeightLimit is { } limit)
        {
            using var noGraph = no_grad();
            using var least = (-limit).ToScalar();
            using var most = limit.ToScalar();
            foreach (var parameter in _trainable)
            {
                parameter.clamp_(least, most);
            }
        }
    }

    private IReadOnlyList<string> SameNames(IReadOnlyList<string> first, IReadOnlyList<string> other) => first.SequenceEqual(other)
        ? first
        : throw new InvalidOperationException(
            $"The objective of the step '{Name}' reported {string.Join(", ", first)} for the first part of the batch and {string.Join(", ", other)} " +
            "for a later one. Add the same terms and numbers for every part.");
}
