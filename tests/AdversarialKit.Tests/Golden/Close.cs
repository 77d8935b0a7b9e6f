using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Two-sided comparison with a tolerance relative to max(1, |expected|).</summary>
internal static class Close
{
    public static double[] Numbers(this Tensor tensor) =>
        [.. tensor.detach().to(ScalarType.Float64).cpu().contiguous().data<double>()];

    public static void ShouldBeClose(this Tensor actual, double[] expected, double tolerance, string what = "value") =>
        actual.Numbers().ShouldBeClose(expected, tolerance, what);

    public static void ShouldBeClose(this Tensor actual, double expected, double tolerance, string what = "value") =>
        actual.Numbers().ShouldBeClose([expected], tolerance, what);

    public static void ShouldBeClose(this double[] actual, double expected, double tolerance) =>
        actual.ShouldBeClose([expected], tolerance);

    public static void ShouldBeClose(this double[] actual, double[] expected, double tolerance, string what = "value")
    {
        actual.Should().HaveSameCount(expected, what);
        for (var i = 0; i < expected.Length; i++)
        {
            actual[i].Should().BeApproximately(
                expected[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"this is {what}[{i}]");
        }
    }

    /// <summary>The gradient that a backward pass left, zeros where it left none.</summary>
    public static double[] GradientNumbers(this Tensor leaf) =>
        leaf.grad is { } gradient ? gradient.Numbers() : new double[leaf.numel()];
}
