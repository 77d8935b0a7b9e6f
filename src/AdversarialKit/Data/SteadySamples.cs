namespace AdversarialKit;

/// <summary>
/// Samples at an address that vector instructions take alike in every process. A tensor over a managed array lies wherever the
/// array does, which differs from process to process, and kernels that go by the address then take their sums in another order.
/// </summary>
internal static class SteadySamples
{
    /// <summary>What libtorch's own allocator gives.</summary>
    private const int Alignment = 64;

    /// <summary>The samples, or a copy of them where they lie askew; of the surrounding dispose scope.</summary>
    public static Tensor Of(Tensor samples) =>
        samples.device_type != DeviceType.CPU || TensorBytes.Address(samples) % Alignment == 0 ? samples : samples.clone();
}
