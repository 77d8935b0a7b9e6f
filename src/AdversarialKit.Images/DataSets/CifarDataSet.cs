namespace AdversarialKit;

/// <summary>CIFAR's binary version: of each image its labels, then its red, green and blue planes.</summary>
internal static class CifarDataSet
{
    private const int Channels = 3;
    private const int Side = 32;
    private const int ImageBytes = Channels * Side * Side;

    // Several times the largest of these files; a gzipped one could unpack for ever.
    private const int MostBytes = 1 << 30;

    /// <param name="folder">Where the files lie.</param>
    /// <param name="names">The files, one after the other.</param>
    /// <param name="labelBytes">Labels of an image; the last one counts.</param>
    /// <param name="classNames">The classes' names.</param>
    public static ImageDataSet Read(string folder, IReadOnlyList<string> names, int labelBytes, IReadOnlyList<string> classNames)
    {
        using var scope = NewDisposeScope();
        var (images, labels) = (new List<Tensor>(), new List<long>());
        foreach (var name in names)
        {
            var content = ReadAll(folder, name, labelBytes + ImageBytes);
            var count = content.Length / (labelBytes + ImageBytes);
            var pixels = empty(count, Channels, Side, Side, dtype: ScalarType.Byte);
            for (var i = 0; i < count; i++)
            {
                var record = content.AsSpan(i * (labelBytes + ImageBytes), labelBytes + ImageBytes);
                labels.Add(Label(record[labelBytes - 1], i, Path.Combine(folder, name), classNames.Count));
                record[labelBytes..].CopyTo(pixels.bytes.Slice(i * ImageBytes, ImageBytes));
            }

            images.Add(pixels);
        }

        return new ImageDataSet(cat(images).DetachFromDisposeScope(), tensor(labels).DetachFromDisposeScope(), classNames);
    }

    private static byte[] ReadAll(string folder, string name, int recordBytes)
    {
        using var file = DataFile.Open(folder, name);
        using var content = new MemoryStream();
        var record = new byte[recordBytes];
        while (file.TryFill(record, $"{recordBytes} bytes for each image and its labels"))
        {
            content.Write(record);
            if (content.Length > MostBytes)
            {
                throw file.Fault($"expected at most {MostBytes} bytes, but there are more");
            }
        }

        return content.Length > 0 ? content.ToArray() : throw file.Fault("expected images, but the file is empty");
    }

    private static long Label(byte label, int image, string path, int classes) => label < classes
        ? label
        : throw new InvalidDataException($"{path}: image {image}: expected a label of 0 to {classes - 1}, but found {label}.");
}
