namespace AdversarialKit;

/// <summary>Finds out whether a network can compute in bfloat16.</summary>
internal static class LowerPrecision
{
    /// <summary>What makes it do so, or null with a fault that says why not.</summary>
    public static Autocast? Find(NetworkPlan plan, List<string> faults)
    {
        var parameters = plan.Module.named_parameters().ToList();
        var device = parameters[0].parameter.device_type;
        if (parameters.Find(p => p.parameter.dtype != ScalarType.Float32) is { parameter: not null } other)
        {
            faults.Add($"The parameter '{other.name}' of the {plan.Role} is of type {other.parameter.dtype}, but " +
                "WithComputePrecision(ComputePrecision.BFloat16) keeps weights in Float32 and computes with casts of them. " +
                "Convert the module with to(ScalarType.Float32).");
            return null;
        }

        if (device is not (DeviceType.CPU or DeviceType.CUDA))
        {
            faults.Add($"The {plan.Role} is on a device of type {device}, and WithComputePrecision(ComputePrecision.BFloat16) knows CPU and " +
                "CUDA. Leave it out, or choose another device.");
            return null;
        }

        var autocast = Autocast.Find(device, out var missing);
        if (autocast is null && !faults.Contains(NotFound(missing!)))
        {
            faults.Add(NotFound(missing!));
        }

        return autocast;
    }

    internal static string NotFound(string function) =>
        $"WithComputePrecision(ComputePrecision.BFloat16) needs libtorch's function '{function}', which TorchSharp does not expose and " +
        "which this libtorch does not have under that name; on Windows all of them have other names. Leave the call out to train in full precision.";
}
