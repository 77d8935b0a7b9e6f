using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Steps;

public sealed class ScalarsTests
{
    /// <summary>The device "meta" stands for a graphics card: what is measured lies there, what was not is on the CPU.</summary>
    [Fact]
    public void Append_WhatWasNotMeasured_GoesToTheVectorsDevice()
    {
        using var scope = NewDisposeScope();
        var measured = zeros(2, ScalarType.Float64, new Device(DeviceType.META));

        var all = Scalars.Append(measured, Scalars.NotANumber);

        all.device_type.Should().Be(DeviceType.META);
        all.shape.Should().Equal(3);
    }
}
