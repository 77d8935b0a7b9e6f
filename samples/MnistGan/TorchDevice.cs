using TorchSharp;

namespace MnistGan;

/// <summary>Finds the device that <c>--device</c> names.</summary>
internal static class TorchDevice
{
    /// <exception cref="UserErrorException">This machine or this build of torch has no such device.</exception>
    public static torch.Device Open(string name)
    {
        if (name == "cpu")
        {
            return torch.CPU;
        }

        var parts = name.Split(':');
        var present = parts[0] switch
        {
            "cuda" => torch.cuda.is_available() && (parts.Length == 1 || int.Parse(parts[1]) < torch.cuda.device_count()),
            _ => torch.mps_is_available(),
        };
        return present
            ? new torch.Device(name)
            : throw new UserErrorException(
                $"--device {name}: torch finds no such device here. Use --device cpu; for CUDA, build with -p:TorchBackend=TorchSharp-cuda-linux (or -windows).");
    }
}
