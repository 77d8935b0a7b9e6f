using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class DiffAugmentTests
{
    private const ulong Seed = 17;

    [Fact]
    public void Augment_Brightness_AddsOneNumberToEachImage()
    {
        using var scope = NewDisposeScope();
        var images = Drawn.Normal(3, 2, 4, 5);

        var change = Apply(DiffAugmentPolicy.Brightness, images) - images;

        using var random = new Generator(Seed);
        var expected = (rand(3, generator: random) - 0.5).reshape(3, 1, 1, 1).expand_as(images);
        FiniteDifferences.ShouldAgree(change, expected, "brightness", 1e-6);
    }

    [Fact]
    public void Augment_Saturation_ScalesAboutThePixelsMean()
    {
        using var scope = NewDisposeScope();
        var images = Drawn.Normal(3, 2, 4, 5);

        var actual = Apply(DiffAugmentPolicy.Saturation, images);

        using var random = new Generator(Seed);
        var factors = (rand(3, generator: random) * 2).data<float>().ToArray();
        foreach (var (n, c, y, x) in Positions(images))
        {
            var mean = (At(images, n, 0, y, x) + At(images, n, 1, y, x)) / 2;
            At(actual, n, c, y, x).Should().BeApproximately(mean + (factors[n] * (At(images, n, c, y, x) - mean)), 1e-5);
        }
    }

    [Fact]
    public void Augment_Contrast_ScalesAboutTheImagesMean()
    {
        using var scope = NewDisposeScope();
        var images = Drawn.Normal(3, 2, 4, 5);

        var actual = Apply(DiffAugmentPolicy.Contrast, images);

        using var random = new Generator(Seed);
        var factors = (rand(3, generator: random) + 0.5).data<float>().ToArray();
        foreach (var (n, c, y, x) in Positions(images))
        {
            var mean = images[n].mean().item<float>();
            At(actual, n, c, y, x).Should().BeApproximately(mean + (factors[n] * (At(images, n, c, y, x) - mean)), 1e-5);
        }
    }

    [Theory]
    [InlineData(0.125, 8, 6)]
    [InlineData(0.5, 5, 7)]
    [InlineData(1.0, 3, 2)]
    public void Augment_Translation_AgreesWithAPixelwiseShift(double ratio, long height, long width)
    {
        using var scope = NewDisposeScope();
        var images = Drawn.Normal(20, 2, height, width);

        var actual = Apply(DiffAugmentPolicy.Translation, images, ratio);

        using var random = new Generator(Seed);
        var (most, across) = ((long)((height * ratio) + 0.5), (long)((width * ratio) + 0.5));
        var down = randint(-most, most + 1, 20, generator: random).data<long>().ToArray();
        var right = randint(-across, across + 1, 20, generator: random).data<long>().ToArray();
        down.Should().Contain(most).And.Contain(-most);
        foreach (var (n, c, y, x) in Positions(images))
        {
            var (fromY, fromX) = (y + down[n], x + right[n]);
            var inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
            At(actual, n, c, y, x).Should().Be(inside ? At(images, n, c, fromY, fromX) : 0);
        }
    }

    [Theory]
    [InlineData(0.5, 8, 6)]
    [InlineData(0.4, 7, 8)]
    [InlineData(1.0, 3, 4)]
    public void Augment_Cutout_AgreesWithAPixelwiseRectangle(double ratio, long height, long width)
    {
        using var scope = NewDisposeScope();
        var images = Drawn.Normal(20, 2, height, width);

        var actual = Apply(DiffAugmentPolicy.Cutout, images, cutoutRatio: ratio);

        using var random = new Generator(Seed);
        var (tall, wide) = ((long)((height * ratio) + 0.5), (long)((width * ratio) + 0.5));
        var top = randint(0, height + 1 - (tall % 2), 20, generator: random).data<long>().ToArray();
        var left = randint(0, width + 1 - (wide % 2), 20, generator: random).data<long>().ToArray();
        foreach (var (n, c, y, x) in Positions(images))
        {
            var cut = y >= top[n] - (tall / 2) && y < top[n] - (tall / 2) + tall
                && x >= left[n] - (wide / 2) && x < left[n] - (wide / 2) + wide;
            At(actual, n, c, y, x).Should().Be(cut ? 0 : At(images, n, c, y, x));
        }
    }

    [Fact]
    public void Augment_AllPolicies_HasTheGradientOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var images = Drawn.Normal(2, 3, 4, 4).to(ScalarType.Float64).requires_grad_(true);
        var weights = arange(images.numel(), ScalarType.Float64).cos().reshape(images.shape);
        Tensor Loss() => (Apply(DiffAugmentPolicy.All, images, 0.25).square() * weights).sum();

        Loss().backward();

        images.grad!.abs().sum().item<double>().Should().BeGreaterThan(0);
        FiniteDifferences.ShouldAgree(images.grad, FiniteDifferences.Of(Loss, images), "images");
    }

    [Fact]
    public void Augment_AllPolicies_CanBeDifferentiatedTwice()
    {
        using var scope = NewDisposeScope();
        var images = Drawn.Normal(2, 3, 4, 4).to(ScalarType.Float64).requires_grad_(true);
        Tensor Penalty() => autograd.grad(
            [Apply(DiffAugmentPolicy.All, images, 0.25).pow(3).sum()], [images], create_graph: true, retain_graph: true)[0].square().sum();

        Penalty().backward();

        FiniteDifferences.ShouldAgree(images.grad, FiniteDifferences.Of(Penalty, images), "images", 1e-6);
    }

    [Fact]
    public void Augment_WithEqualSeeds_GivesEqualBitsAndFreshDrawsAfterwards()
    {
        using var scope = NewDisposeScope();
        var images = Drawn.Normal(4, 3, 8, 8);
        var augmentation = Augmentation.DiffAugment();
        using var random = new Generator(Seed);
        var context = new AugmentationContext(random, 0);

        var (first, second) = (augmentation.Augment(images, context), augmentation.Augment(images, context));

        first.eq(Apply(DiffAugmentPolicy.All, images)).all().item<bool>().Should().BeTrue();
        second.eq(first).all().item<bool>().Should().BeFalse();
        first.shape.Should().Equal(images.shape);
    }

    [Fact]
    public void Augment_Repeatedly_LeavesNoTensorsBehindAndItsInputUnchanged()
    {
        using var images = Drawn.Normal(4, 3, 8, 8);
        using var before = images.clone();
        Apply(DiffAugmentPolicy.All, images).Dispose();
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Apply(DiffAugmentPolicy.All, images).Dispose();

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(live);
        using var equal = images.eq(before).all();
        equal.item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Augment_OfBFloat16_KeepsTheType()
    {
        using var scope = NewDisposeScope();

        Apply(DiffAugmentPolicy.All, Drawn.Normal(2, 3, 8, 8).to(ScalarType.BFloat16)).dtype.Should().Be(ScalarType.BFloat16);
    }

    [Fact]
    public void Augment_SaturationOnOneChannel_DoesNothing()
    {
        using var scope = NewDisposeScope();
        var images = Drawn.Normal(3, 1, 4, 4);

        FiniteDifferences.ShouldAgree(Apply(DiffAugmentPolicy.Saturation, images), images, "images", 1e-6);
    }

    private static Tensor Apply(
        DiffAugmentPolicy policies, Tensor images, double translationRatio = 0.125, double cutoutRatio = 0.5)
    {
        using var random = new Generator(Seed);
        return Augmentation.DiffAugment(policies, translationRatio, cutoutRatio)
            .Augment(images, new AugmentationContext(random, 0));
    }

    private static double At(Tensor images, long n, long c, long y, long x) => images[n, c, y, x].item<float>();

    private static IEnumerable<(long N, long C, long Y, long X)> Positions(Tensor images) =>
        from n in Range(images, 0) from c in Range(images, 1) from y in Range(images, 2) from x in Range(images, 3) select (n, c, y, x);

    private static IEnumerable<long> Range(Tensor images, int dimension) =>
        Enumerable.Range(0, (int)images.shape[dimension]).Select(i => (long)i);
}
