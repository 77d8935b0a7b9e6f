using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class PathLengthTests
{
    private static readonly PathLengthOptions Linear = new() { Paths = 100, BatchSize = 30, Interpolation = LatentInterpolation.Linear };

    [Fact]
    public void Measure_OfALinearGeneratorOnStraightPaths_IsTheMeanSquaredDistanceOfTheEnds()
    {
        using var scope = NewDisposeScope();
        var generator = Scaling(2);
        // Every path runs from (0, 0) to (3, 4): |2 (3, 4)|^2 = 100.
        var calls = 0;
        Tensor Latents(int count) => tensor(calls++ % 2 == 0 ? [0.0, 0] : new double[] { 3, 4 }).expand(count, 2).clone();

        var result = PathLength.Measure(generator, Latents, Features.From(nn.Identity()), Linear);

        result.Value.Should().BeApproximately(100, 1e-6);
        result.Median.Should().BeApproximately(100, 1e-6);
        result.StandardError.Should().BeLessThan(1e-6);
        calls.Should().Be(8);
        result.Warnings.Should().Equal("Path length: 100 paths are few. Use at least 1000.");
    }

    [Fact]
    public void Measure_OnGreatCircles_IsTheSquaredArc()
    {
        using var scope = NewDisposeScope();
        // From (2, 0) to (0, 2) the arc is 2 * pi / 2 long.
        var calls = 0;
        Tensor Latents(int count) => tensor(calls++ % 2 == 0 ? [2.0, 0] : new double[] { 0, 2 }).expand(count, 2).clone();

        var result = PathLength.Measure(Scaling(1), Latents, Features.From(nn.Identity()), new() { Paths = 1_000 });

        result.Value.Should().BeApproximately(Math.PI * Math.PI, 1e-4);
        result.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Measure_OfASteeperGenerator_IsLongerAndModesAreRestored()
    {
        using var scope = NewDisposeScope();
        var (smooth, steep) = (Scaling(1), Scaling(3));
        smooth.train();

        PathLengthResult Measure(nn.Module<Tensor, Tensor> generator)
        {
            using var random = new Generator(5);
            return PathLength.Measure(generator, n => randn(n, 2, ScalarType.Float64, generator: random), Features.From(nn.Identity()));
        }

        var (low, high) = (Measure(smooth).Value, Measure(steep).Value);
        high.Should().BeApproximately(9 * low, 1e-3 * high);
        smooth.training.Should().BeTrue();
    }

    [Fact]
    public void Measure_WithWrongLatentsOrOptions_SaysWhatIsAllowed()
    {
        using var scope = NewDisposeScope();
        var shape = () => PathLength.Measure(Scaling(1), n => zeros(n), Features.From(nn.Identity()), Linear);
        var step = () => PathLength.Measure(Scaling(1), n => zeros(n, 2), Features.From(nn.Identity()), new() { Epsilon = 0 });

        shape.Should().Throw<InvalidOperationException>().WithMessage("The latents must be [30, Z] when 30 are asked for; got [30].");
        step.Should().Throw<ArgumentOutOfRangeException>().Which.Message.Should().StartWith("The step along a path must lie between 0 and 1. (Parameter 'Epsilon')");
    }

    private static nn.Module<Tensor, Tensor> Scaling(double factor)
    {
        var layer = nn.Linear(2, 2, hasBias: false, dtype: ScalarType.Float64);
        using var noGradients = no_grad();
        layer.weight.copy_(eye(2, dtype: ScalarType.Float64) * factor);
        return layer;
    }
}
