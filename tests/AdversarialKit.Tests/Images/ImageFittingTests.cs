using SkiaSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

/// <summary>Opacity, channels, and JPEG files that are reduced while they are decoded.</summary>
public sealed class ImageFittingTests
{
    [Fact]
    public void NextBatch_FourChannels_MixesNoColourOfInvisiblePixels()
    {
        using var folder = new PictureFolder();
        folder.Add("half.png", Transparent(8, 8, (x, _) => x < 4 ? new SKColor(255, 0, 0, 255) : new SKColor(0, 250, 0, 0)));

        var pixels = Read(folder, new ImageFolderOptions { Width = 1, Height = 1, Channels = 4 });

        pixels.Should().Equal(255, 0, 0, 128);
    }

    [Fact]
    public void NextBatch_ThreeChannels_LaysPicturesOnTheBackground()
    {
        using var folder = new PictureFolder();
        folder.Add("seen.png", Transparent(8, 8, (_, _) => new SKColor(100, 100, 100, 51)));

        var pixels = Read(folder, new ImageFolderOptions { Width = 1, Height = 1, Background = (0, 50, 200) });

        pixels.Should().Equal(20, 60, 180);
    }

    [Theory]
    [InlineData(1, new byte[] { 29 })]
    [InlineData(3, new byte[] { 0, 0, 255 })]
    [InlineData(4, new byte[] { 0, 0, 0, 0 })]
    public void NextBatch_Padded_AddsTheBackgroundOrNothing(int channels, byte[] expected)
    {
        using var folder = new PictureFolder();
        folder.Add("wide.png", PictureFolder.Encode(8, 2, (_, _) => SKColors.White));

        var pixels = Read(folder, new ImageFolderOptions { Width = 8, Height = 8, Channels = channels, Fit = ImageFit.Pad, Background = (0, 0, 255) });

        pixels.Chunk(channels).First().Should().Equal(expected);
        pixels.Chunk(channels).ElementAt(8 * 3).Should().OnlyContain(value => value == 255);
        pixels.Chunk(channels).Last().Should().Equal(expected);
    }

    [Fact]
    public void NextBatch_JpegFarLargerThanWanted_LooksAsIfDecodedInFull()
    {
        using var folder = new PictureFolder();
        static SKColor Wave(int x, int y) =>
            new((byte)(128 + (100 * Math.Sin(x / 17.0))), (byte)(128 + (100 * Math.Cos(y / 23.0))), (byte)((x + y) / 5));
        folder.Add("jpeg/large.jpg", PictureFolder.Encode(600, 500, Wave, SKEncodedImageFormat.Jpeg, quality: 95));
        folder.Add("png/large.png", PictureFolder.Encode(600, 500, Wave));
        var options = new ImageFolderOptions { Width = 32, Height = 32 };

        var (reduced, full) = (Read(folder["jpeg"], options), Read(folder["png"], options));

        reduced.Zip(full, (a, b) => Math.Abs(a - b)).Average().Should().BeLessThan(1);
        reduced.Zip(full, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(6);
    }

    private static byte[] Read(PictureFolder folder, ImageFolderOptions options) => Read(folder.Path, options);

    private static byte[] Read(string folder, ImageFolderOptions options)
    {
        using var scope = NewDisposeScope();
        using var batches = Batches.FromImageFolder(folder, 1, options);
        return Pixels.Of(batches.NextBatch()!.Value.Real);
    }

    private static byte[] Transparent(int width, int height, Func<int, int, SKColor> colour)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.Pixels = [.. Enumerable.Range(0, width * height).Select(i => colour(i % width, i / width))];
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
