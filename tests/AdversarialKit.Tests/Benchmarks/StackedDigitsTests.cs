using AdversarialKit.Benchmarks;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class StackedDigitsTests
{
    [Fact]
    public void Stack_SixDigits_PutsThreeIntoEachImage()
    {
        using var scope = NewDisposeScope();
        var digits = arange(6, dtype: ScalarType.Byte).mul(51).view(6, 1, 1, 1).expand(6, 1, 28, 28).contiguous();

        var images = StackedDigits.Stack(digits);

        images.shape.Should().Equal(2, 3, 28, 28);
        images.mean([2, 3]).flatten().data<float>().ToArray().Zip([-1f, -0.6f, -0.2f, 0.2f, 0.6f, 1f])
            .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
    }

    [Fact]
    public void Unstack_StackedDigits_GivesThemBack()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        var digits = randint(0, 256, [12, 1, 28, 28], dtype: ScalarType.Byte, generator: random);

        PictureBytes.From(StackedDigits.Unstack(StackedDigits.Stack(digits))).Equals(digits).Should().BeTrue();
    }

    [Fact]
    public void ModesOf_ThreeClasses_ReadsThemAsANumber()
    {
        using var scope = NewDisposeScope();

        var modes = StackedDigits.ModesOf(tensor(new long[] { 0, 0, 0, 1, 2, 3, 9, 9, 9 }));

        modes.data<long>().ToArray().Should().Equal(0, 123, 999);
    }

    [Fact]
    public void SharesOf_UnequalLabels_MultipliesTheSharesOfTheDigits()
    {
        using var labels = tensor(new long[] { 0, 0, 0, 7 });

        var shares = StackedDigits.SharesOf(labels);

        shares.Should().HaveCount(1000);
        shares.Sum().Should().BeApproximately(1, 1e-12);
        shares[7].Should().BeApproximately(0.75 * 0.75 * 0.25, 1e-12);
        shares[770].Should().BeApproximately(0.25 * 0.25 * 0.75, 1e-12);
        shares[1].Should().Be(0);
    }

    [Fact]
    public void Batches_OfDigits_AreImagesOfThreeDrawnOnes()
    {
        using var scope = NewDisposeScope();
        var digits = arange(5, dtype: ScalarType.Byte).mul(51).view(5, 1, 1, 1).expand(5, 1, 28, 28).contiguous();
        using var batches = StackedDigits.Batches(digits, 64, seed: 1);

        var images = batches.NextBatch()!.Value.Real;

        images.shape.Should().Equal(64, 3, 28, 28);
        StackedDigits.Unstack(images).amax([1, 2, 3]).view(64, 3).unique(dim: 0).output.shape[0].Should().BeGreaterThan(20, "channels are drawn apart");
    }
}
