namespace AdversarialKit;

/// <summary>Data sets in MNIST's format, whatever they show.</summary>
internal static class IdxDataSet
{
    // Behind the magic number and the number of labels.
    private const int LabelsStart = 8;

    public static ImageDataSet Read(string folder, string prefix, IReadOnlyList<string> classNames, int firstLabel, bool isTransposed)
    {
        using var scope = NewDisposeScope();
        using var content = IdxFile.ReadImages(Find(folder, $"{prefix}-images-idx3-ubyte"));
        var images = content.Values;
        var labels = ReadLabels(Find(folder, $"{prefix}-labels-idx1-ubyte"), (int)images.shape[0], classNames.Count, firstLabel);
        var upright = isTransposed ? images.transpose(2, 3).contiguous() : images.alias();
        return new ImageDataSet(upright.DetachFromDisposeScope(), labels.DetachFromDisposeScope(), classNames);
    }

    private static Tensor ReadLabels(string path, int images, int classes, int firstLabel)
    {
        using var content = IdxFile.Read(path, IdxFile.LabelsMagic, new IdxWish { Count = images }, CancellationToken.None);
        var labels = content.Values.bytes.ToArray();
        var wrong = Array.FindIndex(labels, label => label < firstLabel || label >= firstLabel + classes);
        return wrong < 0
            ? tensor(Array.ConvertAll(labels, label => (long)label - firstLabel))
            : throw new InvalidDataException(
                $"{path}: at byte {LabelsStart + wrong}: expected labels of {firstLabel} to {firstLabel + classes - 1}, but found {labels[wrong]}.");
    }

    private static string Find(string folder, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return MnistFile.NamesOf(name).Select(candidate => Path.Combine(folder, candidate)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"There is no file '{name}' or '{name}.gz' in '{folder}'. Put the data set's files there, as its authors publish them.");
    }
}
