using System.Buffers.Binary;

namespace AdversarialKit;

/// <summary>Data sets in MNIST's format (IDX): a magic number, the sizes as big-endian 32-bit numbers, then bytes.</summary>
internal static class IdxDataSet
{
    // 0x08 stands for bytes, 3 and 1 for the number of dimensions.
    private const int ImagesMagic = 0x0803;
    private const int LabelsMagic = 0x0801;
    private const int Side = 28;

    public static ImageDataSet Read(string folder, string prefix, IReadOnlyList<string> classNames, int firstLabel, bool isTransposed)
    {
        using var scope = NewDisposeScope();
        var images = ReadImages(folder, prefix);
        if (isTransposed)
        {
            images = images.transpose(2, 3).contiguous();
        }

        var labels = ReadLabels(folder, prefix, images.shape[0], classNames.Count, firstLabel);
        return new ImageDataSet(images.DetachFromDisposeScope(), labels.DetachFromDisposeScope(), classNames);
    }

    private static Tensor ReadImages(string folder, string prefix)
    {
        using var file = Open(folder, $"{prefix}-images-idx3-ubyte");
        Expect(file, ImagesMagic, "the magic number of images");
        var count = ReadCount(file, Side * Side);
        Expect(file, Side, "rows of an image");
        Expect(file, Side, "columns of an image");
        var images = empty(count, 1, Side, Side, dtype: ScalarType.Byte);
        file.Fill(images.bytes, $"{count} images of {Side} x {Side}");
        file.ExpectEnd();
        return images;
    }

    private static Tensor ReadLabels(string folder, string prefix, long images, int classes, int firstLabel)
    {
        using var file = Open(folder, $"{prefix}-labels-idx1-ubyte");
        Expect(file, LabelsMagic, "the magic number of labels");
        var count = ReadCount(file, 1);
        if (count != images)
        {
            throw file.Fault($"expected {images} labels, one for each image, but found {count}");
        }

        var start = file.Offset;
        var labels = new byte[count];
        file.Fill(labels, $"{count} labels");
        file.ExpectEnd();
        var wrong = Array.FindIndex(labels, label => label < firstLabel || label >= firstLabel + classes);
        return wrong < 0
            ? tensor(Array.ConvertAll(labels, label => (long)label - firstLabel))
            : throw file.Fault($"expected labels of {firstLabel} to {firstLabel + classes - 1}, but the one at byte {start + wrong} is {labels[wrong]}");
    }

    // Some keep the files with a dot, as an unpacking tool names them.
    private static DataFile Open(string folder, string name) => DataFile.Open(folder, name, name.Replace("-idx", ".idx", StringComparison.Ordinal));

    private static void Expect(DataFile file, int expected, string meaning)
    {
        var found = ReadNumber(file, meaning);
        if (found != expected)
        {
            throw file.Fault($"expected {meaning}, {expected}, just before, but found {found}");
        }
    }

    private static int ReadCount(DataFile file, int bytesOfOne)
    {
        var count = ReadNumber(file, "the number of items");
        return count >= 1 && count * (long)bytesOfOne <= Math.Min(file.MostBytes, Array.MaxLength)
            ? count
            : throw file.Fault($"expected the number of items just before, but {count} of {bytesOfOne} bytes do not fit into the file");
    }

    private static int ReadNumber(DataFile file, string meaning)
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        file.Fill(word, meaning);
        return BinaryPrimitives.ReadInt32BigEndian(word);
    }
}
