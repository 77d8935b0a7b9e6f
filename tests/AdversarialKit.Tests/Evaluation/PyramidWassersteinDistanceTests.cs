using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class PyramidWassersteinDistanceTests
{
    private static readonly PyramidWassersteinOptions _few = new() { Patches = 8 };

    [Fact]
    public void Compute_RealImagesAgain_IsAtTheFloorAndNoiseIsFarAbove()
    {
        using var scope = NewDisposeScope();
        using var metric = new PyramidWassersteinDistance(Smooth(1, 60), _few);

        metric.Update(Smooth(2, 60));
        var good = metric.Compute();
        metric.Reset();
        metric.Update(MetricData.Normal(3, 60, 3 * 32 * 64).reshape(60, 3, 32, 64));
        var noise = metric.Compute();

        good.Levels.Select(level => (level.Height, level.Width)).Should().Equal((32, 64), (16, 32));
        good.Levels.Should().OnlyContain(level => level.Distance < 2 * level.RealDistance && level.RealDistance > 0);
        noise.Levels.Should().OnlyContain(level => level.Distance > 3 * level.RealDistance);
        good.Value.Should().BeApproximately(good.Levels.Average(level => level.Distance), 1e-12);
        good.Warnings.Should().Equal("Pyramid Wasserstein distance: 60 generated and 60 real images are few, and the value is biased upwards. Use at least 1000 of each.");
    }

    [Fact]
    public void Compute_InOtherBatchesOrAfterReset_IsTheSame()
    {
        using var scope = NewDisposeScope();
        var (real, fake) = (Smooth(1, 20), Smooth(2, 70));
        using var metric = new PyramidWassersteinDistance(real, _few);
        metric.Update(fake);
        var whole = metric.Compute();

        metric.Reset();
        metric.Update(fake.narrow(0, 0, 13));
        metric.Update(fake.narrow(0, 13, 57));

        metric.Compute().Levels.Should().Equal(whole.Levels);
    }

    [Fact]
    public void Compute_FlatImages_IsFinite()
    {
        using var scope = NewDisposeScope();
        using var metric = new PyramidWassersteinDistance(zeros(4, 1, 28, 28) - 1, _few);
        metric.Update(Smooth(1, 4).narrow(1, 0, 1)[TensorIndex.Ellipsis, TensorIndex.Slice(0, 28), TensorIndex.Slice(0, 28)]);

        var level = metric.Compute().Levels.Should().ContainSingle().Subject;

        level.RealDistance.Should().Be(0);
        level.Distance.Should().BePositive();
    }

    [Fact]
    public void Update_OtherImages_SaysWhatIsExpected()
    {
        using var scope = NewDisposeScope();
        using var metric = new PyramidWassersteinDistance(zeros(4, 1, 28, 28), _few with { MaximumSamples = 5 });

        metric.Invoking(m => m.Update(zeros(4, 3, 28, 28))).Should().Throw<ArgumentException>().WithMessage(
            "Images [N, 1, 28, 28] were expected, as the real ones are; got [4, 3, 28, 28]. (Parameter 'batch')");
        metric.Invoking(m => m.Update(full(1, 1, 28, 28, double.NaN))).Should().Throw<ArgumentException>().WithMessage(
            "Some values of the images [1, 1, 28, 28] are NaN or infinite. Find out where the generator diverged; such samples cannot be judged. (Parameter 'batch')");
        metric.Invoking(m => m.Update(zeros(6, 1, 28, 28))).Should().Throw<ArgumentException>().WithMessage(
            "The metric holds at most 5 images; this batch would make it 6. Judge fewer, or raise MaximumSamples. (Parameter 'batch')");
        metric.Invoking(m => m.Compute()).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Constructor_WrongImagesOrOptions_SaysWhatIsAllowed()
    {
        using var scope = NewDisposeScope();
        var images = zeros(2, 1, 6, 28);

        images.Invoking(i => new PyramidWassersteinDistance(i)).Should().Throw<ArgumentException>().WithMessage(
            "Images [2, 1, 6, 28] are smaller than a patch of 7 x 7. Choose a smaller PatchSide. (Parameter 'real')");
        images.Invoking(i => new PyramidWassersteinDistance(i.flatten(1))).Should().Throw<ArgumentException>().WithMessage(
            "Images must be a floating-point tensor [N, C, H, W] with at least one image; got Float32 [2, 168]. (Parameter 'real')");
        images.Invoking(i => new PyramidWassersteinDistance(i, _few with { PatchSide = 4 })).Should().Throw<ArgumentException>().WithMessage(
            "PatchSide is 4; it must be odd and at least 3. (Parameter 'options')");
        images.Invoking(i => new PyramidWassersteinDistance(i, _few with { Directions = 0 })).Should().Throw<ArgumentException>().WithMessage(
            "Directions is 0; it must be at least 1. (Parameter 'options')");
    }

    /// <summary>Waves of random place and length.</summary>
    private static Tensor Smooth(long seed, long count)
    {
        var drawn = MetricData.Normal(seed, count, 3);
        var (x, y) = (arange(64, dtype: ScalarType.Float64).reshape(1, 1, 1, 64), arange(32, dtype: ScalarType.Float64).reshape(1, 1, 32, 1));
        Tensor Column(int i) => drawn.select(1, i).reshape(-1, 1, 1, 1);
        var channel = arange(3, dtype: ScalarType.Float64).reshape(1, 3, 1, 1);
        return sin((x * (0.3 + (0.05 * Column(0)))) + (y * (0.2 + (0.05 * Column(1)))) + (5 * Column(2)) + channel);
    }
}
