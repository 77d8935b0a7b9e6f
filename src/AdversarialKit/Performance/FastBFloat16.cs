using System.Runtime.Intrinsics.X86;

namespace AdversarialKit;

/// <summary>Whether bfloat16 is computed by instructions of its own, without which it is emulated and slower than float32.</summary>
internal static class FastBFloat16
{
    /// <summary>Whether this processor has such instructions; null where there is no way to ask.</summary>
    public static bool? OnThisProcessor()
    {
        if (!X86Base.IsSupported)
        {
            return null;
        }

        // Intel's manual, volume 2, CPUID leaf 7: subleaf 0 EDX bit 22 is AMX-BF16, subleaf 1 EAX bit 5 is AVX512_BF16.
        var (subleaves, _, _, features) = X86Base.CpuId(7, 0);
        return (features & (1 << 22)) != 0 || (subleaves >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0);
    }

    /// <summary>What a user who asked for bfloat16 should know of a device, or null where all is well.</summary>
    public static string? Remark(DeviceType device, bool? processor) => (device, processor) switch
    {
        (DeviceType.CPU, true) => null,
        (DeviceType.CPU, false) =>
            "This processor has no instructions for bfloat16 (AVX512_BF16 or AMX-BF16): WithComputePrecision(ComputePrecision.BFloat16) " +
            "will make training slower, not faster. Leave it out on this machine.",
        _ =>
            $"Whether bfloat16 is fast on this {(device == DeviceType.CPU ? "processor" : "device")} cannot be asked: compare the time of an " +
            "iteration with and without WithComputePrecision(ComputePrecision.BFloat16).",
    };
}
