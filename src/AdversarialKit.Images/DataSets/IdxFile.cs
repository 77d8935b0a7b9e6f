using System.Buffers.Binary;
using System.IO.Compression;

namespace AdversarialKit;

/// <summary>
/// Files in MNIST's format (IDX): a magic number, the sizes as big-endian 32-bit numbers, then bytes; often gzipped. Grey images of 28 x 28
/// and their labels.
/// </summary>
public static class IdxFile
{
    /// <summary>0x08 stands for bytes, 3 for three dimensions.</summary>
    internal const int ImagesMagic = 0x0803;

    /// <summary>0x08 stands for bytes, 1 for one dimension.</summary>
    internal const int LabelsMagic = 0x0801;

    private const long ImagesAtOnce = 500;

    /// <summary>Reads images of 28 x 28 pixels, gzipped or not.</summary>
    /// <param name="path">A regular file.</param>
    /// <param name="most">How many are kept, the first ones; the rest is read and checked all the same. Default: all.</param>
    /// <param name="token">Ends the reading.</param>
    /// <returns>The images <c>[N, 1, 28, 28]</c> as bytes, which the caller disposes.</returns>
    /// <exception cref="InvalidDataException">The file is not what it should be; names file, offset and expectation.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IdxContent ReadImages(string path, int most = int.MaxValue, CancellationToken token = default) =>
        Read(path, ImagesMagic, new IdxWish { Most = most }, token);

    /// <summary>Reads labels, gzipped or not.</summary>
    /// <param name="path">A regular file.</param>
    /// <param name="most">How many are kept, the first ones; the rest is read and checked all the same. Default: all.</param>
    /// <param name="token">Ends the reading.</param>
    /// <returns>The labels <c>[N]</c> as bytes, which the caller disposes.</returns>
    /// <exception cref="InvalidDataException">The file is not what it should be; names file, offset and expectation.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IdxContent ReadLabels(string path, int most = int.MaxValue, CancellationToken token = default) =>
        Read(path, LabelsMagic, new IdxWish { Most = most }, token);

    /// <summary>Writes images, gzipped where the name ends in <c>.gz</c>, whole or not at all.</summary>
    /// <param name="path">The file, in a folder that exists; one that exists is replaced.</param>
    /// <param name="images">Grey pictures <c>[N, 1, 28, 28]</c>: bytes, or floats in [-1, 1]. Remain the caller's.</param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    /// <exception cref="IOException">The file could not be written; what was there before is there still.</exception>
    public static void WriteImages(string path, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var writer = new IdxImageWriter(path, images.shape[0]);
        writer.Append(images);
        writer.Complete();
    }

    /// <summary>Writes images that are made as they are written, so that any number takes little memory; gzipped where the name ends in <c>.gz</c>, whole or not at all.</summary>
    /// <param name="path">The file, in a folder that exists; one that exists is replaced.</param>
    /// <param name="count">How many images.</param>
    /// <param name="make">
    /// Makes the next images, such as <c>n =&gt; gan.Sample(n)</c>: as many grey pictures <c>[n, 1, 28, 28]</c> as it is asked for, 500 or what is left,
    /// bytes or floats in [-1, 1]. They are disposed here.
    /// </param>
    /// <param name="token">Stops between two times; then there is no file.</param>
    /// <exception cref="ArgumentException">What was made has another shape.</exception>
    /// <exception cref="IOException">The file could not be written; what was there before is there still.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was there before is there still.</exception>
    public static void WriteImages(string path, long count, Func<long, Tensor> make, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(make);
        using var writer = new IdxImageWriter(path, count);
        for (long done = 0; done < count; done += ImagesAtOnce)
        {
            token.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            writer.Append(make(Math.Min(ImagesAtOnce, count - done)));
        }

        writer.Complete();
    }

    /// <summary>Writes labels, gzipped where the name ends in <c>.gz</c>, whole or not at all.</summary>
    /// <param name="path">The file, in a folder that exists; one that exists is replaced.</param>
    /// <param name="labels">Whole numbers 0 to 255, <c>[N]</c>. Remain the caller's.</param>
    /// <exception cref="IOException">The file could not be written; what was there before is there still.</exception>
    public static void WriteLabels(string path, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        using var file = new ReplacingFile(path);
        using (var stream = OpenForWriting(file))
        {
            WriteHeader(stream, [LabelsMagic, (int)labels.shape[0]]);
            stream.Write(labels.to(ScalarType.Byte).cpu().contiguous().bytes);
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

    internal static IdxContent Read(string path, int magic, IdxWish wish, CancellationToken token)
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
            shape = [kept, 1, InkField.Side, InkField.Side];
        }

        var size = shape.Skip(1).Aggregate(1L, (product, side) => product * side);
        input.CheckRemaining(count * size);
        var values = empty(shape, dtype: ScalarType.Byte).DetachFromDisposeScope();
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
