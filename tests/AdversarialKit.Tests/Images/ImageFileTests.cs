using SkiaSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

public sealed class ImageFileTests
{
    [Fact]
    public void Read_APicture_GivesWhatItsFolderGives()
    {
        using var scope = NewDisposeScope();
        using var folder = new PictureFolder();
        folder.Add("a.jpg", PictureFolder.Encode(40, 30, (x, y) => new SKColor((byte)(6 * x), (byte)(8 * y), 90), SKEncodedImageFormat.Jpeg));
        var options = new ImageFolderOptions { Width = 16, Height = 12, Fit = ImageFit.Pad, CropMargin = 0 };
        using var batches = Batches.FromImageFolder(folder.Path, 1, options);

        var read = ImageFile.Read(folder["a.jpg"], options with { CropMargin = 3, Flip = true });

        read.shape.Should().Equal(1, 3, 12, 16);
        read.data<float>().Should().Equal(batches.NextBatch()!.Value.Real.data<float>());
    }

    [Fact]
    public void Read_WhatIsNoPicture_NamesTheFile()
    {
        using var folder = new PictureFolder();
        folder.Add("a.png", "no picture"u8);

        folder.Invoking(f => ImageFile.Read(f["a.png"])).Should().Throw<ImageFileException>().Which.Path.Should().Be(folder["a.png"]);
        folder.Invoking(f => ImageFile.Read(f["missing.png"])).Should().Throw<ImageFileException>().Which.Path.Should().Be(folder["missing.png"]);
        folder.Invoking(f => ImageFile.Read(f["a.png"], new ImageFolderOptions { Channels = 2 })).Should().Throw<ArgumentException>()
            .WithMessage("Channels is 2; it may be 1 (grey), 3 (colour) or 4 (colour and opacity). (Parameter 'options')");
    }
}
