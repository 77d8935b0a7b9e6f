namespace AdversarialKit;

/// <summary>Checks the batches of a system before native code does, and puts their tensors on the networks' device.</summary>
internal sealed class SystemBatchCheck
{
    private readonly TensorDeclaration[] _tensors;
    private readonly ScalarType _type;
    private readonly Device _device;
    private readonly BatchStatistics _statistics;
    private readonly int _together;

    public SystemBatchCheck(IReadOnlyList<TensorDeclaration> tensors, IReadOnlyList<Network> networks, int together, int microBatches)
    {
        _tensors = [.. tensors];
        (_type, _device) = (networks[0].ElementType, networks[0].Device);
        _statistics = new BatchStatistics(networks.Select(network => (network, 1)), microBatches, together);
        _together = together;
    }

    /// <exception cref="ArgumentException">A tensor is missing or does not fit; all such are listed.</exception>
    public NamedBatch Check(Batch batch)
    {
        var found = _tensors.Select(declared => (Declared: declared, Tensor: Find(batch, declared.Name))).ToArray();
        var count = found[0].Tensor is { IsInvalid: false } first && first.dim() > 0 ? first.size(0) : 0;
        var faults = found.Select(entry => FaultOf(entry.Declared, entry.Tensor, count)).OfType<string>().ToList();
        if (faults.Count == 0 && CountFault(count) is { } fault)
        {
            faults.Add(fault);
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(batch));
        }

        var named = new NamedBatch(count);
        foreach (var (declared, tensor) in found)
        {
            var here = OnDevice(tensor!);
            named.Set(declared.Name, here.is_floating_point() ? SteadySamples.Of(here) : here);
        }

        return named;
    }

    private static Tensor? Find(Batch batch, string name) => batch.Named is { } named
        ? named.GetValueOrDefault(name)
        : name switch
        {
            GanTensors.Real => batch.Real,
            GanTensors.Condition => batch.Condition,
            _ => null,
        };

    private string? FaultOf(TensorDeclaration declared, Tensor? tensor, long count)
    {
        if (tensor is null)
        {
            return $"The batch has no tensor {declared}. Make it with Batch.Of((\"{declared.Name}\", tensor), ...).";
        }

        if (tensor.IsInvalid)
        {
            return $"The tensor '{declared.Name}' of the batch was disposed. Keep it alive until the step has ended.";
        }

        if (!BatchShape.Fits(tensor, declared.Shape))
        {
            return $"The tensor '{declared.Name}' of the batch has the shape {Text.Shape(tensor)}, but was declared as {declared}. Reshape it, or change WithTensor.";
        }

        if (tensor.dtype != (declared.Type ?? _type))
        {
            return $"The tensor '{declared.Name}' of the batch is of type {tensor.dtype}, but must be {declared.Type ?? _type}. Convert it with to(ScalarType.{declared.Type ?? _type}).";
        }

        return tensor.size(0) == count
            ? null
            : $"The tensor '{declared.Name}' of the batch has {tensor.size(0)} samples and '{_tensors[0].Name}' has {count}; all must have equally many.";
    }

    private string? CountFault(long count)
    {
        if (count < 1)
        {
            return "The batch holds 0 samples; at least 1 is needed.";
        }

        return count % _together == 0
            ? _statistics.FaultOf(count)
            : $"The batch holds {count} samples, but a step keeps {_together} together; the number must be a multiple of it.";
    }

    private Tensor OnDevice(Tensor tensor) =>
        tensor.device_type == _device.type && tensor.device_index == _device.index ? tensor : tensor.to(_device);
}
