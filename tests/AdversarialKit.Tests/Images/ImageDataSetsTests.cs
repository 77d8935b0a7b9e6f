using System.Buffers.Binary;
using System.IO.Compression;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

public sealed class ImageDataSetsTests
{
    [Fact]
    public void Mnist_GzippedAndPlain_AreReadAlike()
    {
        using var folder = new PictureFolder();
        folder.Add("train-images-idx3-ubyte", Images(3));
        folder.Add("train-labels.idx1-ubyte", Labels(7, 0, 9));
        folder.Add("t10k-images-idx3-ubyte.gz", Gzip(Images(3)));
        folder.Add("t10k-labels-idx1-ubyte.gz", Gzip(Labels(7, 0, 9)));

        using var plain = ImageDataSets.Mnist(folder.Path);
        using var gzipped = ImageDataSets.Mnist(folder.Path, DataSetPart.Test);

        plain.Images.shape.Should().Equal(3, 1, 28, 28);
        plain.Images.bytes.ToArray().Should().Equal(Images(3)[16..]);
        plain.Labels.data<long>().ToArray().Should().Equal(7, 0, 9);
        gzipped.Images.bytes.ToArray().Should().Equal(plain.Images.bytes.ToArray());
        gzipped.Labels.data<long>().ToArray().Should().Equal(7, 0, 9);
        plain.ClassNames.Should().HaveCount(10).And.HaveElementAt(7, "7");
    }

    [Fact]
    public void Names_OfEachDataSet_AreAsManyAsItsClasses()
    {
        using var folder = new PictureFolder();
        folder.Add("train-images-idx3-ubyte", Images(1));
        folder.Add("train-labels-idx1-ubyte", Labels(9));
        using var fashion = ImageDataSets.FashionMnist(folder.Path);
        using var kuzushiji = ImageDataSets.Kmnist(folder.Path);

        fashion.ClassNames[9].Should().Be("Ankle boot");
        kuzushiji.ClassNames[9].Should().Be("wo");
        DataSetNames.Cifar10.Should().HaveCount(10);
        DataSetNames.Cifar100.Should().HaveCount(100).And.BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(EmnistSplit.Balanced, "emnist-balanced", 47, 0)]
    [InlineData(EmnistSplit.ByClass, "emnist-byclass", 62, 0)]
    [InlineData(EmnistSplit.ByMerge, "emnist-bymerge", 47, 0)]
    [InlineData(EmnistSplit.Letters, "emnist-letters", 26, 1)]
    [InlineData(EmnistSplit.Digits, "emnist-digits", 10, 0)]
    [InlineData(EmnistSplit.Mnist, "emnist-mnist", 10, 0)]
    public void Emnist_AnySplit_IsUprightAndCountsFromZero(EmnistSplit split, string prefix, int classes, int firstLabel)
    {
        using var folder = new PictureFolder();
        folder.Add($"{prefix}-train-images-idx3-ubyte", Images(2));
        folder.Add($"{prefix}-train-labels-idx1-ubyte", Labels((byte)firstLabel, (byte)(firstLabel + classes - 1)));

        using var set = ImageDataSets.Emnist(folder.Path, split);

        set.ClassNames.Should().HaveCount(classes).And.OnlyHaveUniqueItems();
        set.Labels.data<long>().ToArray().Should().Equal(0, classes - 1);
        set.Images[1, 0, 3, 20].ToByte().Should().Be(Images(2)[16 + 784 + (20 * 28) + 3]);
    }

    [Fact]
    public void Mnist_LabelOfNoClass_IsNamed()
    {
        using var folder = new PictureFolder();
        folder.Add("train-images-idx3-ubyte", Images(2));
        folder.Add("train-labels-idx1-ubyte", Labels(3, 10));

        folder.Invoking(f => ImageDataSets.Mnist(f.Path)).Should().Throw<InvalidDataException>().WithMessage(
            $"{folder["train-labels-idx1-ubyte"]}: at byte 9: expected labels of 0 to 9, but found 10.");
    }

    [Fact]
    public void Mnist_FileMissing_IsNamed()
    {
        using var folder = new PictureFolder();

        folder.Invoking(f => ImageDataSets.Mnist(f.Path)).Should().Throw<FileNotFoundException>().WithMessage(
            $"There is no file 'train-images-idx3-ubyte' or 'train-images-idx3-ubyte.gz' in '{folder.Path}'. Put the data set's files there, as its authors publish them.");
    }

    [Fact]
    public void Mnist_FileOfBrokenParts_SaysWhatAndWhere()
    {
        using var folder = new PictureFolder();
        var path = folder["train-images-idx3-ubyte"];

        Complaint(folder, Labels(1)).Should().Be($"{path}: at byte 0: expected 0x00000803, the magic number of images, but found 0x00000801.");
        Complaint(folder, Images(2)[..^1]).Should().Be($"{path}: at byte 1583: expected 1584 bytes in all, but the file has 1583.");
        Complaint(folder, [.. Images(2), 0]).Should().Be($"{path}: at byte 1584: expected the end of the file, but more bytes follow.");
        Complaint(folder, Header(0x0803, int.MaxValue, 28, 28)).Should().Be(
            $"{path}: at byte 4: expected the number of items, 1 to 2000000, but found 2147483647.");
        Complaint(folder, Gzip(Images(50))[..600]).Should().StartWith($"{path}: at byte ").And.Contain("expected ");
    }

    [Fact]
    public void Cifar10_FiveFiles_FollowOneAnother()
    {
        using var folder = new PictureFolder();
        for (var i = 1; i <= 5; i++)
        {
            folder.Add($"data_batch_{i}.bin", [.. Cifar(1, (byte)i), .. Cifar(1, (byte)(i + 4))]);
        }

        using var set = ImageDataSets.Cifar10(folder.Path);

        set.Images.shape.Should().Equal(10, 3, 32, 32);
        set.Labels.data<long>().ToArray().Should().Equal(1, 5, 2, 6, 3, 7, 4, 8, 5, 9);
        set.Images[3, 1, 2, 5].ToByte().Should().Be(Cifar(1, 6)[1 + 1024 + (2 * 32) + 5]);
    }

    [Fact]
    public void Cifar100_TwoLabels_TakesTheFineOne()
    {
        using var folder = new PictureFolder();
        folder.Add("test.bin", Cifar(2, 99));

        using var set = ImageDataSets.Cifar100(folder.Path, DataSetPart.Test);

        set.Labels.data<long>().ToArray().Should().Equal(99);
        set.ClassNames[99].Should().Be("worm");
    }

    [Fact]
    public void Cifar_CutOrMislabelled_SaysWhatAndWhere()
    {
        using var folder = new PictureFolder();
        folder.Add("test_batch.bin", Cifar(1, 3).AsSpan(0, 100));
        folder.Add("test.bin", Cifar(2, 100));

        folder.Invoking(f => ImageDataSets.Cifar10(f.Path, DataSetPart.Test)).Should().Throw<InvalidDataException>().WithMessage(
            $"{folder["test_batch.bin"]}: at byte 100: expected 3073 bytes for each image and its labels, but the file ends there.");
        folder.Invoking(f => ImageDataSets.Cifar100(f.Path, DataSetPart.Test)).Should().Throw<InvalidDataException>().WithMessage(
            $"{folder["test.bin"]}: image 0: expected a label of 0 to 99, but found 100.");
    }

    [Fact]
    public void From_FloatsWithLabels_AreBytesWithNames()
    {
        using var scope = NewDisposeScope();
        using var set = ImageDataSet.From(tensor(new float[] { -1, 0, 1, 5 }, [4, 1, 1, 1]), tensor(new long[] { 0, 1, 1, 0 }), ["a", "b"]);

        set.Images.bytes.ToArray().Should().Equal(0, 128, 255, 255);
        set.Labels.data<long>().ToArray().Should().Equal(0, 1, 1, 0);
        set.ClassNames.Should().Equal("a", "b");
    }

    [Fact]
    public void From_WhatDoesNotFit_IsRefused()
    {
        using var scope = NewDisposeScope();
        var images = zeros(2, 1, 4, 4);

        Refusal(() => ImageDataSet.From(zeros(2, 4))).Should().Be("Pictures must be bytes or floating-point numbers [N, C, H, W]; got Float32 [2, 4]. (Parameter 'images')");
        Refusal(() => ImageDataSet.From(images, tensor(new long[] { 0 }), ["a"])).Should().Be("Labels must be Int64 [2], one for each picture; got Int64 [1]. (Parameter 'labels')");
        Refusal(() => ImageDataSet.From(images, tensor(new long[] { 0, 2 }), ["a", "b"])).Should().Be("Labels must be 0 to 1, places in the names; got 0 to 2. (Parameter 'labels')");
        Refusal(() => ImageDataSet.From(images, null, ["a"])).Should().Be("There are names of classes but no labels. Give both, or neither. (Parameter 'labels')");

        static string Refusal(Func<ImageDataSet> make) => make.Should().Throw<ArgumentException>().Which.Message;
    }

    [Fact]
    public void FromFolder_ClassesInFolders_AreInTheOrderOfTheirNames()
    {
        using var folder = new PictureFolder();
        foreach (var (name, value) in new[] { ("b/1.png", 1f), ("a/2.png", 0f), ("a/1.png", -1f) })
        {
            using var picture = full([1, 1, 4, 4], value);
            ImageSheet.Draw(picture).Save(folder[name]);
        }

        using var set = ImageDataSets.FromFolder(folder.Path, new ImageFolderOptions { Width = 2, Height = 2, Channels = 1, LabelsFromFolders = true });

        set.Images.shape.Should().Equal(3, 1, 2, 2);
        set.Images.bytes.ToArray().Chunk(4).Select(image => image.Distinct().Single()).Should().Equal(0, 128, 255);
        set.Labels.data<long>().ToArray().Should().Equal(0, 0, 1);
        set.ClassNames.Should().Equal("a", "b");
    }

    [Fact]
    public void FromFolder_BrokenFile_IsNamed()
    {
        using var folder = new PictureFolder();
        folder.Add("x.png", [1, 2, 3]);

        folder.Invoking(f => ImageDataSets.FromFolder(f.Path)).Should().Throw<ImageFileException>().Which.Path.Should().Be(folder["x.png"]);
    }

    [Fact]
    public void FromBatches_OfADataSet_HoldsItsPicturesAndLabels()
    {
        using var set = ImageDataSets.DrawnDigits(20);
        using var batches = set.ToBatches(4, withLabels: true);

        using var taken = ImageDataSets.FromBatches(batches, 18, set.ClassNames);

        taken.Images.shape.Should().Equal(18, 1, 28, 28);
        using var scope = NewDisposeScope();
        for (var i = 0; i < 18; i++)
        {
            var place = set.Images.eq(taken.Images[i]).flatten(1).all(1).nonzero().ToInt64();
            taken.Labels[i].ToInt64().Should().Be(set.Labels[place].ToInt64());
        }
    }

    [Fact]
    public void ToBatches_WithLabels_GivesBoth()
    {
        using var set = ImageDataSets.DrawnDigits(20);
        using var batches = set.ToBatches(20, withLabels: true);
        using var scope = NewDisposeScope();

        var (real, labels) = batches.NextBatch()!.Value;

        Pixels.Of(real).Order().Should().Equal(set.Images.bytes.ToArray().Order());
        real.min().ToSingle().Should().Be(-1);
        labels!.data<long>().ToArray().Order().Should().Equal(set.Labels.data<long>().ToArray().Order());
    }

    private static string Complaint(PictureFolder folder, byte[] images)
    {
        folder.Add("train-images-idx3-ubyte", images);
        return folder.Invoking(f => ImageDataSets.Mnist(f.Path)).Should().Throw<InvalidDataException>().Which.Message;
    }

    private static byte[] Images(int count) =>
        [.. Header(0x0803, count, 28, 28), .. Enumerable.Range(0, count * 784).Select(i => (byte)(i * i / 7))];

    private static byte[] Labels(params byte[] labels) => [.. Header(0x0801, labels.Length), .. labels];

    private static byte[] Cifar(int labelBytes, byte label) =>
        [.. new byte[labelBytes - 1], label, .. Enumerable.Range(0, 3072).Select(i => (byte)((i * 3) + label))];

    private static byte[] Header(params int[] numbers)
    {
        var header = new byte[numbers.Length * 4];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(i * 4), numbers[i]);
        }

        return header;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var stream = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }
}
