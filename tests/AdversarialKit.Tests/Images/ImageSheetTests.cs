using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

public sealed class ImageSheetTests
{
    [Fact]
    public void Draw_NotSquareColourImages_PlacesEachPixelWhereItBelongs()
    {
        using var scope = NewDisposeScope();
        var images = arange(3 * 3 * 2 * 4, dtype: ScalarType.Float32).view(3, 3, 2, 4).mul(2);

        var sheet = ImageSheet.Draw(images, new ImageSheetOptions { Columns = 2, Padding = 1, Range = (0, 255), Background = (9, 8, 7) });
        var (width, height, pixels) = PngReader.Read(sheet.ToPng());

        (width, height).Should().Be(((2 * 4) + 1, (2 * 2) + 1));
        (sheet.Width, sheet.Height).Should().Be((width, height));
        pixels.Should().Equal(sheet.Pixels.ToArray());
        At(pixels, width, 4, 0).Should().Equal(9, 8, 7, 255);
        At(pixels, width, 8, 4).Should().Equal(9, 8, 7, 255);
        for (var i = 0; i < 3; i++)
        {
            for (var (x, y) = (0, 0); y < 2; (x, y) = x == 3 ? (0, y + 1) : (x + 1, y))
            {
                var expected = Enumerable.Range(0, 3).Select(c => (byte)images[i, c, y, x].ToSingle()).Append((byte)255);
                At(pixels, width, (i % 2 * 5) + x, (i / 2 * 3) + y).Should().Equal(expected);
            }
        }
    }

    [Fact]
    public void Draw_Margin_LiesAroundAllImages()
    {
        using var images = tensor(new[] { -1f, 1 }).view(2, 1, 1, 1);

        var sheet = ImageSheet.Draw(images, new ImageSheetOptions { Columns = 2, Padding = 1, Margin = 2, Background = (9, 9, 9) });

        (sheet.Width, sheet.Height).Should().Be((7, 5));
        sheet.Pixels.ToArray().Where((_, i) => i % 4 == 0).Skip(14).Take(7).Should().Equal(9, 9, 0, 9, 255, 9, 9);
        sheet.Pixels.ToArray().Count(value => value == 9).Should().Be(3 * 33);
    }

    [Fact]
    public void Draw_UsualRange_ClipsAndDrawsNaNHalfway()
    {
        using var images = tensor(new[] { -1f, 0, 1, -5, 5, float.NaN, float.PositiveInfinity, float.NegativeInfinity }).view(1, 1, 2, 4);

        var sheet = ImageSheet.Draw(images);

        sheet.Pixels.ToArray().Where((_, i) => i % 4 == 0).Should().Equal(0, 128, 255, 0, 255, 128, 255, 0);
    }

    [Fact]
    public void Draw_Bytes_AreTakenAsTheyAre()
    {
        using var images = tensor(new byte[] { 0, 7, 200, 255 }).view(1, 1, 2, 2);

        ImageSheet.Draw(images).Pixels.ToArray().Where((_, i) => i % 4 == 0).Should().Equal(0, 7, 200, 255);
    }

    [Fact]
    public void Draw_FourChannels_KeepsOpacity()
    {
        using var images = tensor(new byte[] { 1, 2, 3, 100 }).view(1, 4, 1, 1);

        PngReader.Read(ImageSheet.Draw(images).ToPng()).Pixels.Should().Equal(1, 2, 3, 100);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Draw_ChannelsThatAreNoColours_LieBesideEachOther(int channels)
    {
        using var images = arange(channels, dtype: ScalarType.Byte).view(1, channels, 1, 1);

        var sheet = ImageSheet.Draw(images);

        (sheet.Width, sheet.Height).Should().Be((channels, 1));
        sheet.Pixels.ToArray().Where((_, i) => i % 4 == 1).Should().Equal(Enumerable.Range(0, channels).Select(c => (byte)c));
    }

    [Theory]
    [InlineData(10, null, null, 4, 3)]
    [InlineData(10, 5, null, 5, 2)]
    [InlineData(10, null, 1, 10, 1)]
    [InlineData(10, 2, 2, 2, 2)]
    [InlineData(1, null, null, 1, 1)]
    public void Draw_RowsAndColumns_FollowFromOneAnother(int count, int? columns, int? rows, int width, int height)
    {
        using var images = zeros(count, 1, 1, 1);

        var sheet = ImageSheet.Draw(images, new ImageSheetOptions { Columns = columns, Rows = rows, Padding = 0 });

        (sheet.Width, sheet.Height).Should().Be((width, height));
    }

    [Fact]
    public void Draw_RowLabels_StandBeforeTheirRows()
    {
        using var images = ones(4, 1, 16, 16);

        var sheet = ImageSheet.Draw(images, new ImageSheetOptions { Columns = 2, RowLabels = ["I", "é 日"] });

        // Three signs of 6 dots less a gap, then 5 more before the images.
        sheet.Width.Should().Be((3 * 6) - 1 + 5 + 34);
        var first = Enumerable.Range(0, 7).Select(y => string.Concat(Enumerable.Range(0, 5).Select(x => At(sheet.Pixels, sheet.Width, x, 4 + y)[3] == 0 ? '.' : '#')));
        first.Should().Equal(".###.", "..#..", "..#..", "..#..", "..#..", "..#..", ".###.");
        At(sheet.Pixels, sheet.Width, 0, 18 + 4).Should().Equal(128, 128, 128, 255);
    }

    [Fact]
    public void Draw_Enlarged_MakesSquaresOfPixels()
    {
        using var images = tensor(new byte[] { 10, 20 }).view(1, 1, 1, 2);

        var sheet = ImageSheet.Draw(images, new ImageSheetOptions { Enlargement = 2 });

        sheet.Pixels.ToArray().Where((_, i) => i % 4 == 0).Should().Equal(10, 10, 20, 20, 10, 10, 20, 20);
    }

    [Fact]
    public void Draw_WrongShape_SaysWhatIsNeeded()
    {
        using var images = zeros(3, 4);

        images.Invoking(i => ImageSheet.Draw(i)).Should().Throw<ArgumentException>()
            .WithMessage("A sheet shows images of shape [N, C, H, W], but got [3, 4]. (Parameter 'images')");
    }

    [Fact]
    public void Draw_WrongOptions_SayWhatIsAllowed()
    {
        using var images = zeros(1, 1, 1, 1);

        images.Invoking(i => ImageSheet.Draw(i, new ImageSheetOptions { Columns = 0 })).Should().Throw<ArgumentException>()
            .WithMessage("Columns is 0; it must be at least 1. (Parameter 'options')");
        images.Invoking(i => ImageSheet.Draw(i, new ImageSheetOptions { Range = (1, 1) })).Should().Throw<ArgumentException>()
            .WithMessage("Range is [1, 1]; its first number must be below its second, and both finite. (Parameter 'options')");
        images.Invoking(i => ImageSheet.Draw(i, new ImageSheetOptions { Enlargement = 20_000 })).Should().Throw<ArgumentException>()
            .WithMessage("A sheet of 1 x 1 images of 20000 x 20000 pixels has more than 268435456 pixels. Show fewer, or enlarge them less. (Parameter 'options')");
    }

    [Fact]
    public void Save_IntoAFolderThatIsMissing_MakesItAndLeavesNothingElse()
    {
        using var folder = new PictureFolder();
        using var images = zeros(1, 1, 2, 2);

        ImageSheet.Draw(images).Save(folder["new/sheet.png"]);
        ImageSheet.Draw(images).Save(folder["new/sheet.png"]);

        Directory.GetFiles(folder["new"]).Should().Equal(folder["new/sheet.png"]);
    }

    [Fact]
    public void Save_WhereAFolderStands_LeavesEverythingAsItWas()
    {
        using var folder = new PictureFolder();
        Directory.CreateDirectory(folder["taken.png"]);
        using var images = zeros(1, 1, 2, 2);

        images.Invoking(i => ImageSheet.Draw(i).Save(folder["taken.png"])).Should().Throw<IOException>()
            .WithMessage($"'{folder["taken.png"]}' is a folder, and a file was to be written. Name a file.");
        Directory.GetFileSystemEntries(folder.Path).Should().Equal(folder["taken.png"]);
    }

    private static byte[] At(ReadOnlySpan<byte> pixels, int width, int x, int y) => pixels.Slice(((y * width) + x) * 4, 4).ToArray();
}
