namespace AdversarialKit;

/// <summary>
/// Draws on the CPU and moves the result: TorchSharp has CPU generators only, and so a seed gives the same numbers on
/// every device.
/// </summary>
internal static class RandomTensors
{
    public static Tensor Normal(ReadOnlySpan<long> shape, Generator random, ScalarType type, Device device) =>
        Move(randn(shape, dtype: type, generator: random), device);

    public static Tensor Uniform(ReadOnlySpan<long> shape, Generator random, ScalarType type, Device device) =>
        Move(rand(shape, dtype: type, generator: random), device);

    private static Tensor Move(Tensor drawn, Device device)
    {
        if (device.type == DeviceType.CPU)
        {
            return drawn;
        }

        using (drawn)
        {
            return drawn.to(device);
        }
    }
}
