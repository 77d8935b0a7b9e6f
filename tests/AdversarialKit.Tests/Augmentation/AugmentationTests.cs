using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>What the factories and augmentations refuse and remark, and an augmentation of the user's own.</summary>
public sealed class AugmentationTests
{
    [Fact]
    public void Augment_OfTheDocumentedFlip_FlipsSomeImages()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        var images = Drawn.Normal(20, 1, 4, 4);

        var output = new Flip().Augment(images, new AugmentationContext(random, 0));

        var same = output.eq(images).flatten(1).all(1);
        var flipped = output.eq(images.flip(3)).flatten(1).all(1);
        same.logical_or(flipped).all().item<bool>().Should().BeTrue();
        same.any().item<bool>().Should().BeTrue();
        flipped.any().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Augment_OfVectors_SaysWhatItTakes()
    {
        using var vectors = zeros(2, 3);

        var act = () => Apply(vectors);

        act.Should().Throw<ArgumentException>().WithMessage(
            "DiffAugment was given samples of shape [2, 3]; it takes images [N, C, H, W]. "
            + "For samples of other shapes there is 'Augmentation.InstanceNoise'. (Parameter 'images')");
    }

    [Fact]
    public void Augment_OfIntegers_SaysHowToConvert()
    {
        using var images = zeros([2, 3, 4, 4], ScalarType.Byte);

        var act = () => Apply(images);

        act.Should().Throw<ArgumentException>().WithMessage(
            "DiffAugment was given images of type Byte; they must be floating-point. "
            + "Convert them with 'images.to(ScalarType.Float32)' and scale them to [-1, 1]. (Parameter 'images')");
    }

    [Fact]
    public void Remarks_OnOneChannel_NamesTheChangeThatDoesNothing()
    {
        var all = Augmentation.DiffAugment();

        all.Remarks([1, 28, 28]).Should().Equal("DiffAugment's Saturation does nothing on images of one channel.");
        all.Remarks([3, 28, 28]).Should().BeEmpty();
        Augmentation.DiffAugment(DiffAugmentPolicy.Translation).Remarks([1, 3, 3]).Should().Equal(
            "DiffAugment's Translation does nothing on images of 3 x 3 pixels: the largest shift rounds to 0.");
        all.Remarks([784]).Should().Equal(
            "DiffAugment takes images [C, H, W], but a sample has shape [784]: every step will fail.");
        Augmentation.InstanceNoise(0.1, 10).Remarks([1, 28, 28]).Should().BeEmpty();
    }

    [Theory]
    [InlineData(DiffAugmentPolicy.None, "'policies' is None; it must combine one or more of Brightness, Saturation, Contrast, Translation and Cutout."
        + " (Parameter 'policies')\nActual value was None.")]
    [InlineData((DiffAugmentPolicy)64, "'policies' is 64; it must combine one or more of Brightness, Saturation, Contrast, Translation and Cutout."
        + " (Parameter 'policies')\nActual value was 64.")]
    public void DiffAugment_WithoutADefinedPolicy_SaysWhichThereAre(DiffAugmentPolicy policies, string message)
    {
        var act = () => Augmentation.DiffAugment(policies);

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    [Theory]
    [InlineData(-0.1, "'translationRatio' is -0.1; it must be between 0 and 1. (Parameter 'translationRatio')\nActual value was -0.1.")]
    [InlineData(double.NaN, "'translationRatio' is NaN; it must be between 0 and 1. (Parameter 'translationRatio')\nActual value was NaN.")]
    public void DiffAugment_WithARatioOutOfRange_SaysTheRange(double ratio, string message)
    {
        var act = () => Augmentation.DiffAugment(translationRatio: ratio);

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    private static Tensor Apply(Tensor images)
    {
        using var random = new Generator(17);
        return Augmentation.DiffAugment().Augment(images, new AugmentationContext(random, 0));
    }

    private sealed class Flip : IAugmentation
    {
        public Tensor Augment(Tensor images, AugmentationContext context)
        {
            using var scope = NewDisposeScope();
            var flips = rand([images.shape[0], 1, 1, 1], generator: context.Random).lt(0.5).to(images.device);
            return where(flips, images.flip(3), images).MoveToOuterDisposeScope();
        }
    }
}
