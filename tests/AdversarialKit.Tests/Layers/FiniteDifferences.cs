using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Central differences in float64, the yardstick for what autograd says.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-5;

    /// <summary>The gradient of <paramref name="function"/> by every element of <paramref name="point"/>, which is moved and moved back.</summary>
    public static Tensor Of(Func<Tensor> function, Tensor point)
    {
        var gradient = zeros(point.numel(), ScalarType.Float64);
        for (var i = 0L; i < point.numel(); i++)
        {
            var up = Shifted(function, point, i, Step);
            var down = Shifted(function, point, i, -Step);
            gradient[i] = (up - down) / (2 * Step);
        }

        return gradient.reshape(point.shape);
    }

    /// <summary>Whether <paramref name="actual"/> (null counts as zero) is <paramref name="expected"/> within rounding.</summary>
    public static void ShouldAgree(Tensor? actual, Tensor expected, string what, double tolerance = 1e-7)
    {
        var distance = ((actual ?? zeros_like(expected)) - expected).abs().max().ToDouble();
        distance.Should().BeLessThan(tolerance * (1 + expected.abs().max().ToDouble()), what);
    }

    private static double Shifted(Func<Tensor> function, Tensor point, long index, double by)
    {
        Move(point, index, by);
        using var scope = NewDisposeScope();
        var value = function().item<double>();
        Move(point, index, -by);
        return value;
    }

    private static void Move(Tensor point, long index, double by)
    {
        using var noGrad = no_grad();
        using var flat = point.detach().view(-1);
        using var element = flat[index];
        element.add_(by);
    }
}
