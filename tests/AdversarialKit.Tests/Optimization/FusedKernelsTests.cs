using static AdversarialKit.Tests.OptimizerTestData;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public class FusedKernelsTests
{
    [Theory]
    [InlineData(ScalarType.Float32, true)]
    [InlineData(ScalarType.Float64, true)]
    [InlineData(ScalarType.BFloat16, false)]
    public void Accept_ByType_TakesWhatTheKernelsCompute(ScalarType type, bool expected) =>
        FusedKernels.Accept(Parameters(type)).Should().Be(expected);

    [Fact]
    public void Accept_NonContiguousOrMixed_IsRefused()
    {
        FusedKernels.Accept([ones(2, 3).t()]).Should().BeFalse();
        FusedKernels.Accept([ones(2), ones(2, dtype: ScalarType.Float64)]).Should().BeFalse();
        FusedKernels.Accept([]).Should().BeFalse();
    }
}
