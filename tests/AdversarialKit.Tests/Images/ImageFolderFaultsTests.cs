using System.Buffers.Binary;
using AdversarialKit.Tests.Support;
using Microsoft.Extensions.Logging;
using SkiaSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

/// <summary>Folders and files that are not as they should be.</summary>
public sealed class ImageFolderFaultsTests
{
    private static readonly ImageFolderOptions _small = new() { Width = 8, Height = 8, Channels = 1 };

    [Fact]
    public void FromImageFolder_NoFolder_SaysSo() =>
        this.Invoking(_ => Batches.FromImageFolder("no/such/folder", 4)).Should().Throw<DirectoryNotFoundException>()
            .WithMessage("There is no folder 'no/such/folder'.");

    [Fact]
    public void FromImageFolder_Empty_SaysWhatItLooksFor()
    {
        using var folder = new PictureFolder();
        folder.Add("notes.txt", "hello"u8);

        folder.Invoking(f => Batches.FromImageFolder(f.Path, 4)).Should().Throw<ArgumentException>().WithMessage(
            $"The folder '{folder.Path}' and the folders below it hold no pictures: no file ends in .png, .jpg, .jpeg, .webp, .gif or .bmp. (Parameter 'root')");
    }

    [Fact]
    public void FromImageFolder_FewerThanABatch_SaysHowMany()
    {
        using var folder = PictureFolder.OfGreys(3);

        folder.Invoking(f => Batches.FromImageFolder(f.Path, 64)).Should().Throw<ArgumentException>().WithMessage(
            $"The folder '{folder.Path}' holds 3 pictures, too few for a shuffled batch of 64. Choose smaller batches, or Sampling.WithReplacement. (Parameter 'batchSize')");
    }

    [Fact]
    public void FromImageFolder_PictureWithoutClass_NamesIt()
    {
        using var folder = PictureFolder.OfGreys(1);

        folder.Invoking(f => Batches.FromImageFolder(f.Path, 1, _small with { LabelsFromFolders = true })).Should().Throw<ArgumentException>().WithMessage(
            $"'{folder["00.png"]}' lies in no subfolder and so has no class. Move it into one, or leave LabelsFromFolders off. (Parameter 'listing')");
    }

    [Theory]
    [InlineData("Width is 0; it must be at least 1.", 0, 3, 1)]
    [InlineData("Channels is 2; it may be 1 (grey), 3 (colour) or 4 (colour and opacity).", 8, 2, 1)]
    [InlineData("Threads is 0; it must be at least 1.", 8, 3, 0)]
    public void FromImageFolder_WrongOption_SaysWhatIsAllowed(string message, int width, int channels, int threads)
    {
        using var folder = PictureFolder.OfGreys(1);
        var options = new ImageFolderOptions { Width = width, Channels = channels, Threads = threads };

        folder.Invoking(f => Batches.FromImageFolder(f.Path, 1, options)).Should().Throw<ArgumentException>()
            .WithMessage($"{message} (Parameter 'options')");
    }

    [Fact]
    public void NextBatch_FileThatVanished_IsNamedAndTheNextCallTriesAgain()
    {
        using var folder = PictureFolder.OfGreys(2);
        using var batches = Batches.FromImageFolder(folder.Path, 2, _small);
        var content = File.ReadAllBytes(folder["01.png"]);
        File.Delete(folder["01.png"]);

        batches.Invoking(b => b.NextBatch()).Should().Throw<ImageFileException>().WithMessage(
            $"'{folder["01.png"]}' is gone; it was there when the folder was read. Remove or replace it, or let ImageFolderOptions.Broken be BrokenImages.Skip.");
        folder.Add("01.png", content);
        Pixels.Greys(batches).Should().BeEquivalentTo([0, 10]);
    }

    [Fact]
    public void NextBatch_BrokenFileSkipped_TakesTheNextByNameAndLogsOnce()
    {
        using var folder = new PictureFolder();
        folder.AddGrey("a/1.png", 10);
        folder.Add("a/2.png", "this is no picture"u8);
        folder.AddGrey("b/3.png", 30);
        using var loggers = new CollectingLogger(LogLevel.Warning);
        using var scope = NewDisposeScope();
        using var batches = Batches.FromImageFolder(
            folder.Path, 3, _small with { LabelsFromFolders = true, Broken = BrokenImages.Skip, LoggerFactory = loggers, CacheBytes = 0 });

        for (var epoch = 0; epoch < 3; epoch++)
        {
            var (real, labels) = batches.NextBatch()!.Value;
            Pixels.Of(real).Where((_, i) => i % 64 == 0).Zip(labels!.data<long>().ToArray())
                .Should().BeEquivalentTo<(byte, long)>([(10, 0), (30, 1), (30, 1)]);
        }

        batches.Broken.Should().Equal(new BrokenImage(folder["a/2.png"], "is no PNG, JPEG, WebP, GIF or BMP picture, or its beginning is damaged or cut off"));
        loggers.Entries.Select(entry => entry.Message).Should().Equal(
            $"Skipped '{folder["a/2.png"]}': it is no PNG, JPEG, WebP, GIF or BMP picture, or its beginning is damaged or cut off.");
    }

    [Fact]
    public void NextBatch_AllBroken_SaysSo()
    {
        using var folder = new PictureFolder();
        folder.Add("1.png", "no"u8);
        folder.Add("2.png", "no"u8);
        using var batches = Batches.FromImageFolder(folder.Path, 2, _small with { Broken = BrokenImages.Skip });

        batches.Invoking(b => b.NextBatch()).Should().Throw<ImageFileException>().WithMessage(
            $"'{folder["1.png"]}' is no PNG, JPEG, WebP, GIF or BMP picture, or its beginning is damaged or cut off, and none of the 2 pictures of '{folder.Path}' is any better. Remove or replace it.");
    }

    [Fact]
    public void NextBatch_PictureThatClaimsBillionsOfPixels_IsRefusedBeforeMemoryIsTaken()
    {
        using var folder = new PictureFolder();
        folder.Add("bomb.png", Claiming(30_000, 30_000));
        using var batches = Batches.FromImageFolder(folder.Path, 1, _small);

        batches.Invoking(b => b.NextBatch()).Should().Throw<ImageFileException>().WithMessage(
            $"'{folder["bomb.png"]}' claims 30000 x 30000 pixels, and MaxPixels allows 1 to 67108864 in all. Remove or replace it, or let ImageFolderOptions.Broken be BrokenImages.Skip.");
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void NextBatch_FileCutAnywhere_IsNamed(SKEncodedImageFormat format)
    {
        var whole = PictureFolder.Encode(40, 30, (x, y) => new SKColor((byte)(x * y), (byte)(7 * x), (byte)(9 * y)), format);
        using var folder = new PictureFolder();
        var lengths = Enumerable.Range(0, 20).Select(i => i * (whole.Length - 20) / 20).ToArray();
        foreach (var length in lengths)
        {
            folder.Add($"{length:D6}.png", whole.AsSpan(0, length));
        }

        folder.Add("whole.png", whole);
        using var scope = NewDisposeScope();
        using var batches = Batches.FromImageFolder(folder.Path, lengths.Length + 1, _small with { Broken = BrokenImages.Skip });

        _ = batches.NextBatch();

        batches.Broken.Select(broken => broken.Path).Should().Equal(lengths.Select(length => folder[$"{length:D6}.png"]));
    }

    [Fact]
    public void NextBatch_300FilesWithFlippedBits_NeverCrashesAndNamesWhatItCannotRead()
    {
        using var folder = new PictureFolder();
        folder.AddGrey("sound.png", 70);
        var random = new Random(3);
        for (var i = 0; i < 300; i++)
        {
            var format = (i % 3) switch { 0 => SKEncodedImageFormat.Png, 1 => SKEncodedImageFormat.Jpeg, _ => SKEncodedImageFormat.Webp };
            var content = PictureFolder.Encode(24, 18, (x, y) => new SKColor((byte)(x * y), (byte)(7 * x), (byte)(9 * y)), format);
            for (var flips = 1 + (i % 7); flips > 0; flips--)
            {
                content[random.Next(i % 2 == 0 ? 64 : content.Length)] ^= (byte)(1 << random.Next(8));
            }

            folder.Add($"{i:D3}.jpg", content);
        }

        using var scope = NewDisposeScope();
        using var batches = Batches.FromImageFolder(folder.Path, 301, _small with { Broken = BrokenImages.Skip, MaxPixels = 1 << 20, Threads = 2 });

        var batch = batches.NextBatch()!.Value.Real;

        batch.shape.Should().Equal(301, 1, 8, 8);
        batches.Broken.Should().HaveCountGreaterThan(100).And.OnlyContain(broken => File.Exists(broken.Path) && broken.Reason.Length > 0);
    }

    /// <summary>A PNG's beginning with sizes of one's choice.</summary>
    private static byte[] Claiming(int width, int height)
    {
        var png = PictureFolder.Grey(0, 8);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        return png;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
