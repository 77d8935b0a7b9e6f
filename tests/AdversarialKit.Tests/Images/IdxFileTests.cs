using System.IO.Compression;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

public sealed class IdxFileTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("images")]
    [InlineData("images.gz")]
    public void ReadImages_WhatWasWritten_ComesBackWithTheDigestOfTheContent(string name)
    {
        using var digits = ImageDataSets.DrawnDigits(20, seed: 1);
        IdxFile.WriteImages(_world.InFolder(name), digits.Images);

        using var read = IdxFile.ReadImages(_world.InFolder(name));

        read.Values.shape.Should().Equal(20, 1, 28, 28);
        byte[] content = [0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 28, 0, 0, 0, 28, .. digits.Images.bytes];
        read.Values.bytes.ToArray().Should().Equal(content[16..]);
        read.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(content)));
        Directory.GetFiles(_world.Folder).Should().ContainSingle("the temporary file is gone");
    }

    [Fact]
    public void ReadLabels_WhatWasWritten_ComesBack()
    {
        using var digits = ImageDataSets.DrawnDigits(20, seed: 1);
        IdxFile.WriteLabels(_world.InFolder("labels.gz"), digits.Labels);

        using var read = IdxFile.ReadLabels(_world.InFolder("labels.gz"));

        read.Values.bytes.ToArray().Select(label => (long)label).Should().Equal(digits.Labels.data<long>().ToArray());
    }

    [Fact]
    public void ReadImages_MnistWhereItIsHere_HasItsContent()
    {
        using var data = MnistOrDrawn.Load(_world, out var part);

        data.Images.shape.Should().Equal(part.Count, 1, 28, 28);
        IdxFile.WriteImages(_world.InFolder("copy.gz"), data.Images);
        IdxFile.WriteLabels(_world.InFolder("labels-copy"), data.Labels);
        using var copy = part.Images.Read(_world.InFolder("copy.gz"));
        using var labels = part.Labels.Read(_world.InFolder("labels-copy"));
        labels.shape.Should().Equal(part.Labels.Count);
    }

    [Fact]
    public void ReadImages_WrongMagic_SaysSo()
    {
        Refused(Header(0x0801, 5)).Should().Be($"{Bad}: at byte 0: expected 0x00000803, the magic number of images, but found 0x00000801.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2_000_001)]
    public void ReadImages_ImpossibleCount_SaysSo(int count)
    {
        Refused(Header(0x0803, count, 28, 28)).Should().Be($"{Bad}: at byte 4: expected the number of items, 1 to 2000000, but found {count}.");
    }

    [Fact]
    public void ReadImages_OtherDimensions_SaysSo()
    {
        Refused(Header(0x0803, 1, 32, 28)).Should().Be($"{Bad}: at byte 8: expected 28, rows of an image, but found 32.");
        Refused(Header(0x0803, 1, 28, 32)).Should().Be($"{Bad}: at byte 12: expected 28, columns of an image, but found 32.");
    }

    [Fact]
    public void ReadImages_CutOffHeader_SaysWhere()
    {
        Refused([0, 0, 8]).Should().Be($"{Bad}: at byte 3: expected the magic number of images, but the file ends there.");
    }

    [Fact]
    public void ReadImages_TooShort_IsRefusedBeforeMemoryIsTaken()
    {
        Refused(Header(0x0803, 2_000_000, 28, 28)).Should().Be($"{Bad}: at byte 16: expected 1568000016 bytes in all, but the file has 16.");
    }

    [Fact]
    public void ReadImages_TooShortForAnyCompression_IsRefusedBeforeMemoryIsTaken()
    {
        var zipped = Gzip(Header(0x0803, 2_000_000, 28, 28));

        Refused(zipped).Should().Be(
            $"{Bad}: at byte {zipped.Length * 1032} of the decompressed content: expected 1568000016 bytes in all, but the file has at most {zipped.Length * 1032}.");
    }

    [Fact]
    public void ReadImages_ContentOfTheArchiveTooShort_SaysWhere()
    {
        var zipped = Gzip([.. Header(0x0803, 2, 28, 28), .. new byte[1000]]);

        Refused(zipped).Should().Be($"{Bad}: at byte 1016 of the decompressed content: expected 1584 bytes in all, but the file ends there.");
    }

    [Fact]
    public void ReadImages_TrailingBytes_SaysWhere()
    {
        byte[] content = [.. Header(0x0803, 1, 28, 28), .. new byte[785]];

        Refused(content).Should().Be($"{Bad}: at byte 800: expected the end of the file, but more bytes follow.");
        Refused(Gzip(content)).Should().Be($"{Bad}: at byte 800 of the decompressed content: expected the end of the file, but more bytes follow.");
    }

    [Fact]
    public void ReadImages_BrokenOrCutOffArchive_SaysWhere()
    {
        using var digits = ImageDataSets.DrawnDigits(20, seed: 1);
        var zipped = Gzip([.. Header(0x0803, 20, 28, 28), .. digits.Images.bytes]);
        var flipped = (byte[])zipped.Clone();
        flipped[^6] ^= 1;
        const string Where = @": at byte \d+ of the decompressed content: ";

        Refused(flipped).Should().MatchRegex("bad" + Where + @"expected a sound gzip stream, but it is broken or cut off \(.+[^.]\)\.$");
        Refused(zipped[..^2000]).Should().MatchRegex("bad" + Where + @"expected .+, but (the file ends there|it is broken or cut off \(.+\))\.$");
    }

    [Fact]
    public void Append_OtherShapeOrTooMany_IsRefused()
    {
        using var digits = ImageDataSets.DrawnDigits(3, seed: 1);
        using var flat = digits.Images.reshape(3, 784);
        using var writer = new IdxImageWriter(_world.InFolder("x"), 2);

        writer.Invoking(w => w.Append(flat)).Should().Throw<ArgumentException>()
            .WithMessage("An image file takes bytes or floats of shape [n, 1, 28, 28], but got Byte of [3, 784]. (Parameter 'images')");
        writer.Invoking(w => w.Append(digits.Images)).Should().Throw<ArgumentException>()
            .WithMessage("2 images were announced, but these make 3. (Parameter 'images')");
        writer.Invoking(w => w.Complete()).Should().Throw<InvalidOperationException>().WithMessage("2 images were announced, but 0 came.");
    }

    [Fact]
    public void Append_FloatsInBatches_AreRoundedAndInOrder()
    {
        var path = _world.InFolder("samples.gz");
        using (var writer = new IdxImageWriter(path, 5))
        {
            foreach (var (count, value) in new[] { (2L, -1f), (2L, 0f), (1L, 3f) })
            {
                using var images = full([count, 1, 28, 28], value);
                writer.Append(images);
            }

            writer.Complete();
        }

        using var read = IdxFile.ReadImages(path);
        read.Values.bytes.ToArray().Chunk(784).Select(image => image.Distinct().Single()).Should().Equal(0, 0, 128, 128, 255);
    }

    [Fact]
    public void WriteImages_Made_AsksForFiveHundredAtOnceAndKeepsNone()
    {
        var (asked, before) = (new List<long>(), TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        IdxFile.WriteImages(_world.InFolder("samples.gz"), 1201, Make);

        TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
        asked.Should().Equal(500, 500, 201);
        using var read = IdxFile.ReadImages(_world.InFolder("samples.gz"));
        read.Values.bytes.ToArray().Chunk(784).Select(image => image[0]).Distinct().Should().Equal(0, 128, 255);

        Tensor Make(long count)
        {
            asked.Add(count);
            return full([count, 1, 28, 28], asked.Count - 2f);
        }
    }

    [Fact]
    public void WriteImages_Stopped_LeavesNoFile()
    {
        using var stop = new CancellationTokenSource();

        FluentActions.Invoking(() => IdxFile.WriteImages(_world.InFolder("samples.gz"), 1000, Make, stop.Token)).Should().Throw<OperationCanceledException>();
        Directory.GetFiles(_world.Folder).Should().BeEmpty();

        Tensor Make(long count)
        {
            stop.Cancel();
            return zeros(count, 1, 28, 28);
        }
    }

    private string Bad => _world.InFolder("bad");

    private string Refused(byte[] content)
    {
        File.WriteAllBytes(Bad, content);
        return FluentActions.Invoking(() => IdxFile.ReadImages(Bad)).Should().Throw<InvalidDataException>().Which.Message;
    }

    private static byte[] Header(params int[] numbers) => [.. numbers.SelectMany(number => BitConverter.GetBytes(number).Reverse())];

    private static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Optimal))
        {
            zip.Write(content);
        }

        return target.ToArray();
    }
}
