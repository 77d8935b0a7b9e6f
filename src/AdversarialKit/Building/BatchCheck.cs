namespace AdversarialKit;

/// <summary>Checks a batch before native code does, since some native errors end the process.</summary>
internal sealed class BatchCheck
{
    private readonly IReadOnlyList<long> _sampleShape;
    private readonly ScalarType _type;
    private readonly Device _device;
    private readonly BatchStatistics _statistics;
    private readonly int? _classes;
    private readonly TensorDeclaration? _condition;
    private readonly int _packing;

    public BatchCheck(IReadOnlyList<long> sampleShape, Network generator, Network discriminator, GanConfiguration configuration)
    {
        _sampleShape = sampleShape;
        _type = discriminator.ElementType;
        _device = discriminator.Device;
        _classes = configuration.Classes;
        _condition = configuration.Condition;
        _packing = configuration.Packing;
        _statistics = new BatchStatistics([(generator, 1), (discriminator, configuration.Packing)], configuration.MicroBatches, configuration.Packing);
    }

    /// <summary>The number of classes; null where the condition is no label.</summary>
    public int? Classes => _classes;

    /// <summary>A condition that is no class label; null where there is none.</summary>
    public TensorDeclaration? Condition => _condition;

    /// <summary>The shape of one sample.</summary>
    public IReadOnlyList<long> SampleShape => _sampleShape;

    /// <summary>Returns the batch on the networks' device.</summary>
    /// <exception cref="ArgumentException">The batch does not fit the networks.</exception>
    public Batch Check(Batch batch)
    {
        var real = batch.Real;
        if (real is null)
        {
            throw new ArgumentException("The batch has no real samples: its tensor is null.", nameof(batch));
        }

        if (!BatchShape.Fits(real, _sampleShape))
        {
            throw new ArgumentException(
                $"The real batch has the shape {Text.Shape(real)}, but the generator makes samples of " +
                $"{Text.Sizes(_sampleShape)}: a batch must be [N, {string.Join(", ", _sampleShape)}]. Reshape the real samples.",
                nameof(batch));
        }

        if (real.dtype != _type)
        {
            throw new ArgumentException(
                $"The real batch is of type {real.dtype}, but the networks compute in {_type}. Convert it with " +
                $"to(ScalarType.{_type}), scaled as the generator's output is.",
                nameof(batch));
        }

        if (real.size(0) < 1)
        {
            throw new ArgumentException("The real batch holds 0 samples; at least 1 is needed.", nameof(batch));
        }

        if (real.size(0) % _packing != 0)
        {
            throw new ArgumentException(
                $"The real batch holds {real.size(0)} samples, but WithPacking({_packing}) shows the discriminator {_packing} at once; the number must be a multiple of it.",
                nameof(batch));
        }

        if (_statistics.FaultOf(real.size(0)) is { } fault)
        {
            throw new ArgumentException(fault, nameof(batch));
        }

        // Autograd takes a copy, but nothing that was made in inference mode.
        real = GradientMode.IsOfInferenceMode(real) ? real.clone() : real;
        return new Batch(SteadySamples.Of(OnDevice(real)), CheckCondition(batch.Condition, real.size(0)));
    }

    public Tensor? CheckCondition(Tensor? condition, long count)
    {
        if (_condition is { } declared)
        {
            return CheckCondition(condition, count, declared);
        }

        if (_classes is not { } classes)
        {
            return condition is null
                ? null
                : throw new ArgumentException(
                    "A condition was given, but this GAN is unconditional. Build it with WithClassLabels(...) or WithCondition(...).", nameof(condition));
        }

        if (condition is null || condition.dtype != ScalarType.Int64 || condition.dim() != 1 || condition.size(0) != count)
        {
            var given = condition is null ? "none" : $"{condition.dtype} {Text.Shape(condition)}";
            throw new ArgumentException(
                $"A class-conditional GAN needs one label per sample, Int64 [{count}], but the condition is {given}.",
                nameof(condition));
        }

        using (NewDisposeScope())
        {
            var range = stack([condition.min(), condition.max()]).cpu().data<long>();
            if (range[0] < 0 || range[1] >= classes)
            {
                throw new ArgumentException(
                    $"The labels run from {range[0]} to {range[1]}, but WithClassLabels({classes}) allows 0 to {classes - 1}.",
                    nameof(condition));
            }
        }

        // Outside of that scope: labels that are there already are the caller's.
        return OnDevice(condition);
    }

    private Tensor CheckCondition(Tensor? condition, long count, TensorDeclaration declared)
    {
        var type = declared.Type ?? _type;
        if (condition is null || condition.dtype != type || !BatchShape.Fits(condition, declared.Shape) || condition.size(0) != count)
        {
            var given = condition is null ? "none" : $"{condition.dtype} {Text.Shape(condition)}";
            throw new ArgumentException(
                $"This GAN needs one condition per sample, {type} {Text.Sizes(declared.Shape.Prepend(count))} as WithCondition says, but the condition is {given}.",
                nameof(condition));
        }

        return OnDevice(condition);
    }

    private Tensor OnDevice(Tensor tensor) =>
        tensor.device_type == _device.type && tensor.device_index == _device.index ? tensor : tensor.to(_device);
}
