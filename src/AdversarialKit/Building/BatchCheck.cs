namespace AdversarialKit;

/// <summary>Checks a batch before native code does, since some native errors end the process.</summary>
internal sealed class BatchCheck
{
    private readonly IReadOnlyList<long> _sampleShape;
    private readonly ScalarType _type;
    private readonly Device _device;
    private readonly bool _hasBatchNorm;
    private readonly int? _classes;

    public BatchCheck(IReadOnlyList<long> sampleShape, Network generator, Network discriminator, int? classes)
    {
        _sampleShape = sampleShape;
        _type = discriminator.ElementType;
        _device = discriminator.Device;
        _classes = classes;
        _hasBatchNorm = BatchDependence.HasBatchNorm(generator.Module) || BatchDependence.HasBatchNorm(discriminator.Module);
    }

    /// <summary>The shape of one sample.</summary>
    public IReadOnlyList<long> SampleShape => _sampleShape;

    /// <summary>The number of classes; null for a GAN without labels.</summary>
    public int? Classes => _classes;

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

        var least = _hasBatchNorm ? 2 : 1;
        if (real.size(0) < least)
        {
            throw new ArgumentException(
                $"The real batch holds {real.size(0)} samples; at least {least} are needed" +
                (_hasBatchNorm ? ", because batch normalization has no variance over one sample." : "."),
                nameof(batch));
        }

        return new Batch(OnDevice(real), CheckCondition(batch.Condition, real.size(0)));
    }

    public Tensor? CheckCondition(Tensor? condition, long count)
    {
        if (_classes is not { } classes)
        {
            return condition is null
                ? null
                : throw new ArgumentException(
                    "A condition was given, but this GAN is unconditional. Build it with WithClassLabels(...).", nameof(condition));
        }

        if (condition is null || condition.dtype != ScalarType.Int64 || condition.dim() != 1 || condition.size(0) != count)
        {
            var given = condition is null ? "none" : $"{condition.dtype} {Text.Shape(condition)}";
            throw new ArgumentException(
                $"A class-conditional GAN needs one label per sample, Int64 [{count}], but the condition is {given}.",
                nameof(condition));
        }

        using var scope = NewDisposeScope();
        var range = stack([condition.min(), condition.max()]).cpu().data<long>();
        if (range[0] < 0 || range[1] >= classes)
        {
            throw new ArgumentException(
                $"The labels run from {range[0]} to {range[1]}, but WithClassLabels({classes}) allows 0 to {classes - 1}.",
                nameof(condition));
        }

        return OnDevice(condition).MoveToOuterDisposeScope();
    }

    private Tensor OnDevice(Tensor tensor) =>
        tensor.device_type == _device.type && tensor.device_index == _device.index ? tensor : tensor.to(_device);
}
