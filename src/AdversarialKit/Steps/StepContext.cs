namespace AdversarialKit;

/// <summary>
/// What the objective of a <see cref="CompiledStep"/> works with: the batch's tensors by name, the networks as this step may
/// use them, the system's own randomness, and the terms and numbers that it gathers. Valid during the call only.
/// </summary>
/// <remarks>
/// Call networks through <c>Forward</c>: it records, isolates and casts as the step's description says, which a call of the
/// module by itself would not. Tensors made here live until the end of the step; see <see cref="Share"/> for longer.
/// With gradient accumulation the objective runs once for each part of the batch.
/// </remarks>
public sealed partial class StepContext
{
    private readonly CompiledStep _step;
    private readonly NamedBatch _batch;
    private readonly StepRun _run;

    internal StepContext(CompiledStep step, NamedBatch batch, StepRun run)
    {
        _step = step;
        _batch = batch;
        _run = run;
    }

    /// <summary>The number of samples in this batch, or in this part of it.</summary>
    public long Count => _batch.Count;

    /// <summary>The number of completed iterations.</summary>
    public long Iteration => _run.Iteration;

    /// <summary>How often this step was made before: 0 in its first run.</summary>
    public long StepsMade => _step.StepsMade;

    /// <summary>The system's generator of randomness for training, for whatever draws by itself; on the CPU.</summary>
    public Generator Random => _run.Random;

    /// <summary>What an <see cref="IAugmentation"/> asks for.</summary>
    public AugmentationContext Augmentation => new(_run.Random, _run.Iteration);

    /// <summary>Where this part of the batch stands in it.</summary>
    internal StepPart Part => _batch.Part;

    /// <summary>Whether this is the step's last run within an iteration that the system makes as a whole.</summary>
    internal bool PrecedesNextStep => _run.IsLast;

    /// <summary>A tensor of the batch, or one that this step set or an earlier step of the iteration shared.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The tensor; remains the system's.</returns>
    /// <exception cref="ArgumentException">There is no tensor of this name.</exception>
    public Tensor this[string name] => Find(name) ?? throw new ArgumentException(
        $"The step '{_step.Name}' asked for '{name}', but its batch has {string.Join(", ", _batch.Names.Concat(_run.Shared.Names).Distinct())}. " +
        "Declare it with WithTensor, or share it in an earlier step.",
        nameof(name));

    /// <summary>The same, or null where there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The tensor, which remains the system's, or null.</returns>
    public Tensor? Find(string name) => _batch.Find(name) ?? _run.Shared.Find(name);

    /// <summary>Keeps a tensor under a name for this run of the step alone, such as latents that a preparation drew for the whole batch.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tensor">The tensor; goes with the step.</param>
    public void Set(string name, Tensor tensor)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(tensor);
        _batch.Set(name, tensor);
    }

    /// <summary>Hands a tensor on to the later steps of the iteration, without its graph: fakes that were made before an update, for instance.</summary>
    /// <param name="name">The name under which they find it.</param>
    /// <param name="tensor">The tensor; what is kept shares its memory.</param>
    public void Share(string name, Tensor tensor)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(tensor);
        _run.Shared.Add(name, tensor);
    }

    /// <summary>Draws from the standard normal distribution with the system's own generator of randomness.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <returns>A tensor of the trained network's type, on its device.</returns>
    public Tensor RandomNormal(params long[] shape) => RandomTensors.Normal(shape, Random, _step.ElementType, _step.Device);

    /// <summary>Draws from the uniform distribution on [0, 1) with the system's own generator of randomness.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <returns>A tensor of the trained network's type, on its device.</returns>
    public Tensor RandomUniform(params long[] shape) => RandomTensors.Uniform(shape, Random, _step.ElementType, _step.Device);

    /// <summary>Draws whole numbers from 0 to <paramref name="high"/> - 1 with the system's own generator of randomness.</summary>
    /// <param name="high">Above 0.</param>
    /// <param name="shape">The shape of the result.</param>
    /// <returns>An Int64 tensor on the trained network's device.</returns>
    public Tensor RandomIntegers(long high, params long[] shape)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(high, 1);
        return randint(high, shape, dtype: ScalarType.Int64, generator: Random).to(_step.Device);
    }

    /// <summary>Draws one latent for each sample.</summary>
    /// <param name="latent">The distribution.</param>
    /// <returns>Latents <c>[N, ..shape]</c> of the trained network's type, on its device.</returns>
    public Tensor Draw(ILatent latent)
    {
        ArgumentNullException.ThrowIfNull(latent);
        return latent.Sample(Count, Random, _step.ElementType, _step.Device);
    }
}
