using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Latents;

public sealed class LatentTests
{
    [Fact]
    public void Normal_ManyNumbers_HaveMeanZeroAndVarianceOne()
    {
        using var random = new Generator(1);

        using var drawn = Latent.Normal(100, 1, 1).Sample(2000, random, ScalarType.Float32, CPU);

        drawn.shape.Should().Equal(2000, 100, 1, 1);
        drawn.mean().ToSingle().Should().BeApproximately(0, 0.01f);
        drawn.var().ToSingle().Should().BeApproximately(1, 0.01f);
    }

    [Fact]
    public void Uniform_ManyNumbers_FillTheRange()
    {
        using var random = new Generator(1);

        using var drawn = Latent.Uniform(-1, 3, 100).Sample(2000, random, ScalarType.Float64, CPU);

        drawn.dtype.Should().Be(ScalarType.Float64);
        drawn.min().ToDouble().Should().BeInRange(-1, -0.99);
        drawn.max().ToDouble().Should().BeInRange(2.99, 3);
        drawn.mean().ToDouble().Should().BeApproximately(1, 0.02);
    }

    [Fact]
    public void Sample_SameSeed_GivesTheSameNumbers()
    {
        using var first = new Generator(5);
        using var second = new Generator(5);

        using var a = Latent.Normal(3).Sample(4, first, ScalarType.Float32, CPU);
        using var b = Latent.Normal(3).Sample(4, second, ScalarType.Float32, CPU);

        a.Equals(b).Should().BeTrue();
    }

    [Fact]
    public void Normal_WithoutAShape_SaysWhatIsNeeded()
    {
        var empty = () => Latent.Normal();
        var zero = () => Latent.Normal(100, 0);

        empty.Should().Throw<ArgumentException>().WithMessage(
            "A latent needs a shape of sizes from 1, such as Latent.Normal(100), but got []. (Parameter 'shape')");
        zero.Should().Throw<ArgumentException>().WithMessage(
            "A latent needs a shape of sizes from 1, such as Latent.Normal(100), but got [100, 0]. (Parameter 'shape')");
    }

    [Theory]
    [InlineData(1, 1, "1", "1")]
    [InlineData(1, -1, "1", "-1")]
    [InlineData(double.NaN, 1, "NaN", "1")]
    public void Uniform_BoundsOutOfOrder_SaysWhatIsNeeded(double low, double high, string shownLow, string shownHigh)
    {
        var act = () => Latent.Uniform(low, high, 2);

        act.Should().Throw<ArgumentException>().WithMessage(
            $"A uniform latent needs finite bounds with low < high, but got {shownLow} and {shownHigh}. (Parameter 'low')");
    }
}
