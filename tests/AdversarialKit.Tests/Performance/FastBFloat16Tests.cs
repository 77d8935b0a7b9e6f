using TorchSharp;

namespace AdversarialKit.Tests.Performance;

public sealed class FastBFloat16Tests
{
    [Fact]
    public void OnThisProcessor_OnLinux_AgreesWithWhatTheKernelSays()
    {
        if (!File.Exists("/proc/cpuinfo") || !System.Runtime.Intrinsics.X86.X86Base.IsSupported)
        {
            return;
        }

        var flags = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("flags", StringComparison.Ordinal)).Split(' ');

        FastBFloat16.OnThisProcessor().Should().Be(flags.Contains("avx512_bf16") || flags.Contains("amx_bf16"));
    }

    [Fact]
    public void Remark_FastProcessor_IsNone() => FastBFloat16.Remark(DeviceType.CPU, true).Should().BeNull();

    [Fact]
    public void Remark_SlowProcessor_SaysToLeaveItOut() => FastBFloat16.Remark(DeviceType.CPU, false).Should().Be(
        "This processor has no instructions for bfloat16 (AVX512_BF16 or AMX-BF16): WithComputePrecision(ComputePrecision.BFloat16) will " +
        "make training slower, not faster. Leave it out on this machine.");

    [Fact]
    public void Remark_UnknownProcessorOrAnotherDevice_SaysToMeasure()
    {
        FastBFloat16.Remark(DeviceType.CPU, null).Should().Be(
            "Whether bfloat16 is fast on this processor cannot be asked: compare the time of an iteration with and without " +
            "WithComputePrecision(ComputePrecision.BFloat16).");
        FastBFloat16.Remark(DeviceType.CUDA, true).Should().Be(
            "Whether bfloat16 is fast on this device cannot be asked: compare the time of an iteration with and without " +
            "WithComputePrecision(ComputePrecision.BFloat16).");
    }
}
