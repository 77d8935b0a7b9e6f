using TorchSharp;

namespace AdversarialKit.Tests.Images;

public sealed class DrawnDigitsTests
{
    [Fact]
    public void Draw_SameSeed_GivesTheSameBytesOnAnyNumberOfThreads()
    {
        using var all = ImageDataSets.DrawnDigits(300, seed: 7);
        using var few = ImageDataSets.DrawnDigits(100, seed: 7);
        using var other = ImageDataSets.DrawnDigits(100, seed: 8);

        // Each image hangs on its own number alone: which thread drew how many before cannot matter.
        var start = all.Images.bytes[..(100 * 784)].ToArray();
        few.Images.bytes.ToArray().Should().Equal(start);
        other.Images.bytes.ToArray().Should().NotEqual(start);
    }

    [Fact]
    public void Draw_GivesMnistsTypesAndEveryDigitAboutEquallyOften()
    {
        using var digits = ImageDataSets.DrawnDigits(2000, seed: 1);

        digits.Images.shape.Should().Equal(2000, 1, 28, 28);
        digits.Images.dtype.Should().Be(torch.ScalarType.Byte);
        digits.Labels.dtype.Should().Be(torch.ScalarType.Int64);
        var counts = digits.Labels.data<long>().ToArray().GroupBy(label => label).ToDictionary(group => group.Key, group => group.Count());
        counts.Keys.Should().BeEquivalentTo(Enumerable.Range(0, 10).Select(digit => (long)digit));
        counts.Values.Should().OnlyContain(count => count > 140 && count < 260);
    }

    [Fact]
    public void Draw_EveryImage_IsCentredByItsMassInsideTheFrame()
    {
        using var digits = ImageDataSets.DrawnDigits(1000, seed: 1);

        var pixels = digits.Images.bytes.ToArray();
        for (var image = 0; image < 1000; image++)
        {
            var (mass, x, y, border) = (0.0, 0.0, 0.0, 0);
            for (var i = 0; i < 784; i++)
            {
                var ink = pixels[(image * 784) + i];
                mass += ink;
                x += ink * (i % 28);
                y += ink * (i / 28);
                border += i % 28 is 0 or 27 || i / 28 is 0 or 27 ? ink : 0;
            }

            (x / mass).Should().BeInRange(11.5, 15.5);
            (y / mass).Should().BeInRange(11.5, 15.5);
            (mass / 784).Should().BeInRange(5, 90);
            border.Should().BeLessThan(2000);
        }
    }

    [Fact]
    public void Draw_Histogram_IsMuchLikeMnists()
    {
        using var digits = ImageDataSets.DrawnDigits(3000, seed: 1);

        // MNIST: mean 33.3, 80.9 % black, 7.4 % at 250 or more.
        var pixels = digits.Images.bytes.ToArray();
        pixels.Average(pixel => (double)pixel).Should().BeApproximately(33.3, 3);
        Share(pixels, 0, 0).Should().BeApproximately(0.809, 0.03);
        Share(pixels, 250, 255).Should().BeApproximately(0.074, 0.015);
    }

    [Fact]
    public void Draw_NearestClassMean_TellsMostDigitsApart()
    {
        using var scope = torch.NewDisposeScope();
        using var known = ImageDataSets.DrawnDigits(2000, seed: 1);
        using var unknown = ImageDataSets.DrawnDigits(1000, seed: 2);

        var means = torch.stack(Enumerable.Range(0, 10).Select(digit => Flat(known)[known.Labels.eq(digit)].mean([0])).ToArray());
        var guesses = torch.cdist(Flat(unknown), means).argmin(1);
        var right = guesses.eq(unknown.Labels).to(torch.ScalarType.Float32).mean().ToDouble();

        right.Should().BeInRange(0.6, 0.999, "labels fit images, and digits of one class differ");
    }

    private static torch.Tensor Flat(ImageDataSet digits) => digits.Images.reshape(-1, 784).to(torch.ScalarType.Float32);

    private static double Share(byte[] pixels, int low, int high) => pixels.Count(pixel => pixel >= low && pixel <= high) / (double)pixels.Length;
}
