using System.Buffers.Binary;
using System.IO.Compression;
using TorchSharp;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>MNIST's file format: a magic number, the sizes as big-endian 32-bit numbers, then bytes; often gzipped.</summary>
internal static class IdxFile
{
    /// <summary>0x08 stands for bytes, 3 for three dimensions.</summary>
    public const int ImagesMagic = 0x0803;

    /// <summary>0x08 stands for bytes, 1 for one dimension.</summary>
    public const int LabelsMagic = 0x0801;

    /// <summary>Reads images of 28 x 28 pixels, gzipped or not.</summary>
    /// <exception cref="InvalidDataException">The file is not what it should be; names file, offset and expectation.</exception>
    public static IdxContent ReadImages(string path, IdxWish? wish = null, CancellationToken token = default) => Read(path, ImagesMagic, wish ?? IdxWish.All, token);

    /// <summary>Reads labels, gzipped or not.</summary>
    /// <exception cref="InvalidDataException">The file is not what it should be; names file, offset and expectation.</exception>
    public static IdxContent ReadLabels(string path, IdxWish? wish = null, CancellationToken token = default) => Read(path, LabelsMagic, wish ?? IdxWish.All, token);

    /// <summary>Writes images, <c>uint8</c> [N, 28, 28], gzipped where the name ends in <c>.gz</c>.</summary>
    public static void WriteImages(string path, Tensor images)
    {
        using var writer = new IdxImageWriter(path, images.shape[0]);
        writer.Append(images);
        writer.Complete();
    }

    /// <summary>Writes labels, integers 0 to 255 of shape [N], gzipped where the name ends in <c>.gz</c>.</summary>
    public static void WriteLabels(string path, Tensor labels)
    {
        using var bytes = labels.to(ScalarType.Byte).cpu().contiguous();
        using var file = new ReplacingFile(path);
        using (var stream = OpenForWriting(file))
        {
            WriteHeader(stream, [LabelsMagic, (int)labels.shape[0]]);
            stream.Write(bytes.bytes);
        }

        file.Complete();
    }

    internal static Stream OpenForWriting(ReplacingFile file) =>
        file.TargetPath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file.Stream, CompressionLevel.Optimal, leaveOpen: true)
            : new BufferedStream(file.Stream);

    internal static void WriteHeader(Stream stream, ReadOnlySpan<int> numbers)
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteInt32BigEndian(word, number);
            stream.Write(word);
        }
    }

    private static IdxContent Read(string path, int magic, IdxWish wish, CancellationToken token)
    {
        using var input = new IdxInput(path, token);
        input.Expect(magic, magic == ImagesMagic ? "the magic number of images" : "the magic number of labels");
        var count = input.ReadCount(wish.Count);
        var kept = Math.Min(count, wish.Most);
        long[] shape = [kept];
        if (magic == ImagesMagic)
        {
            input.Expect(InkField.Side, "rows of an image");
            input.Expect(InkField.Side, "columns of an image");
            shape = [kept, InkField.Side, InkField.Side];
        }

        var size = shape.Skip(1).Aggregate(1L, (product, side) => product * side);
        input.CheckRemaining(count * size);
        var values = torch.empty(shape, dtype: ScalarType.Byte).DetachFromDisposeScope();
        try
        {
            input.ReadRest(values.bytes, (count - kept) * size);
            return new IdxContent(values, count, input.Sha256());
        }
        catch
        {
            values.Dispose();
            throw;
        }
    }
}
