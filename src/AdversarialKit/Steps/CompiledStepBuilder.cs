namespace AdversarialKit;

/// <summary>Describes a step of an <see cref="AdversarialSystem"/>: what it trains, sees and draws from, and what it minimises.</summary>
public sealed class CompiledStepBuilder
{
    internal CompiledStepBuilder(string name) => Name = name;

    internal string Name { get; }

    internal List<(nn.Module Network, NetworkRole Role, NetworkMode Mode)> Uses { get; } = [];

    /// <summary>Networks that another step trains too, each with an optimizer of its own.</summary>
    internal List<nn.Module> Shared { get; } = [];

    internal OptimizerFactory? Optimizer { get; private set; }

    internal LearningRateSchedule? Schedule { get; private set; }

    internal GradientClipping? Clipping { get; private set; }

    internal double? WeightLimit { get; private set; }

    internal int RepeatCount { get; private set; } = 1;

    internal int Together { get; private set; } = 1;

    internal Action<StepContext>? Preparation { get; private set; }

    internal Action<StepContext>? Objective { get; private set; }

    /// <summary>The step moves these networks: their parameters that are trainable at <c>Build()</c>, and their buffers. They are in training mode.</summary>
    /// <param name="networks">Networks of the system.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder Trains(params nn.Module[] networks) => Use(networks, NetworkRole.Trained, NetworkMode.Training);

    /// <summary>
    /// As <see cref="Trains"/>, for networks that an earlier step trains too, as an adversarial autoencoder's encoder: each step has an
    /// optimizer, and so moments, of its own.
    /// </summary>
    /// <param name="networks">Networks of the system.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder AlsoTrains(params nn.Module[] networks)
    {
        Trains(networks);
        Shared.AddRange(networks);
        return this;
    }

    /// <summary>
    /// The step sees these networks frozen, in training mode: gradients pass through them to their input, no gradient of theirs is
    /// computed, and not a byte of them moves, buffers included.
    /// </summary>
    /// <param name="networks">Networks of the system.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder Sees(params nn.Module[] networks) => Sees(NetworkMode.Training, networks);

    /// <summary>The same in a mode of choice: a pretrained feature network is seen in inference mode.</summary>
    /// <param name="mode">The mode in which they run.</param>
    /// <param name="networks">Networks of the system.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder Sees(NetworkMode mode, params nn.Module[] networks) => Use(networks, NetworkRole.Seen, mode);

    /// <summary>
    /// The step takes samples from these networks, without a graph, in training mode: their buffers move, as in any such pass, and
    /// nothing else of them.
    /// </summary>
    /// <param name="networks">Networks of the system.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder DrawsFrom(params nn.Module[] networks) => DrawsFrom(NetworkMode.Training, networks);

    /// <summary>The same in a mode of choice: in inference mode nothing of them moves.</summary>
    /// <param name="mode">The mode in which they run.</param>
    /// <param name="networks">Networks of the system.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder DrawsFrom(NetworkMode mode, params nn.Module[] networks) => Use(networks, NetworkRole.DrawnFrom, mode);

    /// <summary>The optimizer of all that the step trains.</summary>
    /// <param name="optimizer">Such as <c>Optimizers.Adam(2e-4, beta1: 0.5)</c>.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder WithOptimizer(OptimizerFactory optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Optimizer = optimizer;
        return this;
    }

    /// <summary>Lets the learning rate follow a schedule, by completed iterations.</summary>
    /// <param name="schedule">From <see cref="AdversarialKit.Schedule"/>.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder WithLearningRate(LearningRateSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Schedule = schedule;
        return this;
    }

    /// <summary>Bounds the gradients of all that the step trains, together.</summary>
    /// <param name="clipping">From <see cref="Clip"/>.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder WithGradientClipping(GradientClipping clipping)
    {
        ArgumentNullException.ThrowIfNull(clipping);
        Clipping = clipping;
        return this;
    }

    /// <summary>Bounds every trained weight after each update, as WGAN does.</summary>
    /// <param name="limit">Above 0.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder WithWeightClipping(double limit)
    {
        WeightLimit = limit;
        return this;
    }

    /// <summary>Makes the step several times in an iteration, each time with a batch of its own.</summary>
    /// <param name="times">At least 1. Default: 1.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder Repeats(int times)
    {
        RepeatCount = times;
        return this;
    }

    /// <summary>Keeps samples together where a batch is parted for gradient accumulation, as packing needs.</summary>
    /// <param name="samples">So many in a row, at least 1; batches must be multiples of it. Default: 1.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder KeepsTogether(int samples)
    {
        Together = samples;
        return this;
    }

    /// <summary>
    /// Runs something once for the whole batch, without a graph, before the objective: fakes whose batch statistics shall be those of the
    /// whole batch under gradient accumulation. What it sets is parted with the batch.
    /// </summary>
    /// <param name="preparation">Calls <see cref="StepContext.Set"/> or <see cref="StepContext.Share"/>.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder Prepares(Action<StepContext> preparation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        Preparation = preparation;
        return this;
    }

    /// <summary>What the step minimises.</summary>
    /// <param name="objective">Adds terms to the context: <c>context.Add("adversarial", loss)</c>. Runs once for each part of the batch.</param>
    /// <returns>This description.</returns>
    public CompiledStepBuilder Minimizes(Action<StepContext> objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Objective = objective;
        return this;
    }

    internal StepPlan ToPlan(int microBatches) => new()
    {
        Name = Name,
        Prepare = Preparation is { } prepare ? context => WithoutGraph(prepare, context) : null,
        Objectives = [Objective!],
        Repeats = RepeatCount,
        MicroBatches = microBatches,
        Together = Together,
        Clipping = Clipping,
        WeightLimit = WeightLimit,
        Schedule = Schedule,
        Counter = $"steps: {Name}",
    };

    private static void WithoutGraph(Action<StepContext> prepare, StepContext context)
    {
        using var noGraph = no_grad();
        prepare(context);
    }

    private CompiledStepBuilder Use(nn.Module[] networks, NetworkRole role, NetworkMode mode)
    {
        ArgumentNullException.ThrowIfNull(networks);
        foreach (var network in networks)
        {
            ArgumentNullException.ThrowIfNull(network, nameof(networks));
            Uses.Add((network, role, mode));
        }

        return this;
    }
}
