using System.Buffers.Binary;
using System.IO.Compression;
using MnistGan;
using TorchSharp;

namespace AdversarialKit.Tests;

public sealed class SampleSheetTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Draw_OneScaleForAllTiles_EnlargedWithGapsBetween()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.tensor(new float[] { -1, 1, 0, -0.5f, 9, -9 }, [6, 1, 1, 1]);

        var sheet = SampleSheet.Draw(images, rows: 2, columns: 3);

        (sheet.Width, sheet.Height).Should().Be((21, 15));
        int[] seen = [Pixel(sheet, 4, 4), Pixel(sheet, 10, 4), Pixel(sheet, 16, 4), Pixel(sheet, 4, 10), Pixel(sheet, 10, 10), Pixel(sheet, 16, 10)];
        seen.Should().Equal(0, 255, 128, 64, 255, 0);
        sheet.Pixels.Count(pixel => pixel == 255).Should().Be(18, "each pixel is enlarged to 3 x 3");
        Pixel(sheet, 7, 4).Should().Be(GreyImage.Gap);
    }

    [Fact]
    public void Draw_TooFewOrOddlyShapedImages_SaysWhatItTakes()
    {
        using var four = torch.zeros(4, 1, 28, 28);
        using var flat = torch.zeros(25, 784);

        FluentActions.Invoking(() => SampleSheet.Draw(four, 5, 5)).Should().Throw<ArgumentException>().WithMessage(
            "A sheet of 5 x 5 takes images of shape [25 or more, 1, height, width], but got [4, 1, 28, 28]. (Parameter 'images')");
        FluentActions.Invoking(() => SampleSheet.Draw(flat, 5, 5)).Should().Throw<ArgumentException>().WithMessage(
            "A sheet of 5 x 5 takes images of shape [25 or more, 1, height, width], but got [25, 784]. (Parameter 'images')");
    }

    [Fact]
    public void Draw_LeavesNoTensorBehind()
    {
        using var images = torch.zeros(25, 1, 28, 28);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        _ = SampleSheet.Draw(images, 5, 5);

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void SavePng_DecodesToTheSamePixels()
    {
        using var images = torch.rand(25, 1, 28, 28).mul(2).sub(1);
        var sheet = SampleSheet.Draw(images, 5, 5);
        var path = _world.InFolder("sheet.png");

        sheet.SavePng(path);

        var (width, height, pixels) = DecodeGreyPng(File.ReadAllBytes(path));
        (width, height).Should().Be((438, 438));
        pixels.Should().Equal(sheet.Pixels);
        Directory.GetFiles(_world.Folder).Should().ContainSingle();
    }

    [Fact]
    public void Beside_PutsPicturesInARow()
    {
        var strip = GreyImage.Beside([new(1, 2, [1, 2]), new(2, 1, [3, 4])], gap: 1);

        strip.Should().BeEquivalentTo(new GreyImage(4, 2, [1, GreyImage.Gap, 3, 4, 2, GreyImage.Gap, GreyImage.Gap, GreyImage.Gap]));
    }

    private static int Pixel(GreyImage image, int x, int y) => image.Pixels[(y * image.Width) + x];

    private static (int Width, int Height, byte[] Pixels) DecodeGreyPng(byte[] file)
    {
        file[..8].Should().Equal(0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        file[24..26].Should().Equal(8, 0);
        using var packed = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(file.AsSpan(at + 8, length));
            }

            at += length + 12;
        }

        packed.Position = 0;
        var rows = new byte[height * (width + 1)];
        using var inflated = new ZLibStream(packed, CompressionMode.Decompress);
        inflated.ReadExactly(rows);
        inflated.ReadByte().Should().Be(-1);
        return (width, height, Unfilter(rows, width, height));
    }

    // The five filters of the PNG specification, one byte a pixel.
    private static byte[] Unfilter(byte[] rows, int width, int height)
    {
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var filter = rows[y * (width + 1)];
            for (var x = 0; x < width; x++)
            {
                var left = x > 0 ? pixels[(y * width) + x - 1] : 0;
                var up = y > 0 ? pixels[((y - 1) * width) + x] : 0;
                var corner = x > 0 && y > 0 ? pixels[((y - 1) * width) + x - 1] : 0;
                var guess = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) };
                pixels[(y * width) + x] = (byte)(rows[(y * (width + 1)) + 1 + x] + guess);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
