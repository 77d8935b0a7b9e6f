using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class InstanceNoiseTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(25, 0.375)]
    [InlineData(50, 0.25)]
    [InlineData(99, 0.005)]
    public void Augment_BeforeTheEnd_AddsNoiseOfTheFadedDeviation(long iteration, double sigma)
    {
        using var scope = NewDisposeScope();
        var samples = Drawn.Normal(100, 200);

        var noise = Augment(samples, iteration) - samples;

        noise.std().item<float>().Should().BeApproximately((float)sigma, (float)sigma * 0.03f);
        noise.mean().item<float>().Should().BeApproximately(0, (float)sigma * 0.03f);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(1_000_000)]
    public void Augment_FromTheEndOn_ChangesNothing(long iteration)
    {
        using var scope = NewDisposeScope();
        var samples = Drawn.Normal(2, 3);

        var output = Augment(samples, iteration);

        output.eq(samples).all().item<bool>().Should().BeTrue();
        ReferenceEquals(output, samples).Should().BeFalse();
    }

    [Fact]
    public void Augment_HasAGradientOfOne()
    {
        using var scope = NewDisposeScope();
        var samples = Drawn.Normal(2, 3).requires_grad_(true);

        Augment(samples, 0).sum().backward();

        samples.grad!.eq(1).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Augment_WithEqualSeeds_GivesEqualBits()
    {
        using var scope = NewDisposeScope();
        var samples = Drawn.Normal(2, 3, 4);

        Augment(samples, 3).eq(Augment(samples, 3)).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Augment_OfIntegers_SaysHowToConvert()
    {
        using var samples = zeros([2, 3], ScalarType.Int64);

        var act = () => Augment(samples, 0);

        act.Should().Throw<ArgumentException>().WithMessage(
            "Instance noise was given samples of type Int64; they must be floating-point. "
            + "Convert them with 'images.to(ScalarType.Float32)'. (Parameter 'images')");
    }

    [Theory]
    [InlineData(0, "'sigma' is 0; it must be a finite number above 0. (Parameter 'sigma')\nActual value was 0.")]
    [InlineData(double.NaN, "'sigma' is NaN; it must be a finite number above 0. (Parameter 'sigma')\nActual value was NaN.")]
    public void InstanceNoise_WithoutDeviation_SaysWhatIsAllowed(double sigma, string message)
    {
        var act = () => Augmentation.InstanceNoise(sigma, 100);

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    private static Tensor Augment(Tensor samples, long iteration)
    {
        using var random = new Generator(23);
        return Augmentation.InstanceNoise(0.5, 100).Augment(samples, new AugmentationContext(random, iteration));
    }
}
