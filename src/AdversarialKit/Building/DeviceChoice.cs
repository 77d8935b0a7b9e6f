using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Finds the device that was asked for, and whether torch can use it here, before anything is moved there.</summary>
internal static class DeviceChoice
{
    private const string Way = "Call WithDevice(\"cpu\"), or leave it out.";

    /// <returns>The device; null where none was asked for or there is a fault.</returns>
    public static Device? Find(GanConfiguration configuration, List<string> faults)
    {
        if ((configuration.Device ?? Named(configuration.DeviceName, faults)) is not { } device)
        {
            return null;
        }

        var fault = FaultOf(device);
        if (fault is not null)
        {
            faults.Add($"WithDevice({device}) was called, but {fault} {Way}");
        }

        return fault is null ? device : null;
    }

    private static Device? Named(string? name, List<string> faults)
    {
        if (name is null)
        {
            return null;
        }

        try
        {
            return new Device(name);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            faults.Add($"WithDevice({DisplayText.Quote(name)}) was called, which names no device. Devices are named such as \"cpu\", \"cuda\", \"cuda:1\" or \"mps\".");
            return null;
        }
    }

    private static string? FaultOf(Device device)
    {
        if (device.type == DeviceType.CUDA)
        {
            var count = cuda.is_available() ? cuda.device_count() : 0;
            if (count == 0)
            {
                return "torch finds no CUDA here: that needs a driver, a card, and one of the packages TorchSharp-cuda-linux and TorchSharp-cuda-windows.";
            }

            if (device.index >= count || device.index < -1)
            {
                return $"this machine has {count} CUDA device{(count == 1 ? "" : "s")}, counted from cuda:0.";
            }
        }

        return TrialFault(device);
    }

    // A number goes there and comes back: on "meta", which holds none, it does not.
    private static string? TrialFault(Device device)
    {
        try
        {
            using var scope = NewDisposeScope();
            return ones(1, dtype: ScalarType.Float32, device: device).cpu().item<float>() == 1 ? null : "torch cannot compute there.";
        }
        catch (Exception error) when (error is ExternalException or InvalidOperationException or ArgumentException or NotSupportedException or NotImplementedException)
        {
            return $"torch cannot use it here: {Text.FirstLine(error).TrimEnd('.', '!', ' ')}.";
        }
    }
}
