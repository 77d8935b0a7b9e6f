namespace AdversarialKit;

/// <summary>
/// Well-known data sets, read from a folder that holds their files as their authors publish them, gzipped or not; and one that needs no
/// file. Nothing is downloaded unless <see cref="DownloadAsync"/> is called.
/// </summary>
public static class ImageDataSets
{
    /// <summary>MNIST: handwritten digits, 60,000 and 10,000 grey images of 28 x 28 (LeCun, Cortes and Burges, 1998).</summary>
    /// <param name="folder">Where <c>train-images-idx3-ubyte</c> and its like lie.</param>
    /// <param name="part">Which part. Default: training.</param>
    /// <returns>The images <c>[N, 1, 28, 28]</c> and labels, which the caller disposes.</returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be; names file, place and expectation.</exception>
    public static ImageDataSet Mnist(string folder, DataSetPart part = DataSetPart.Training) => Idx(folder, part, DataSetNames.Digits);

    /// <summary>Fashion-MNIST: clothes, in MNIST's sizes and file names (Xiao, Rasul and Vollgraf, 2017).</summary>
    /// <inheritdoc cref="Mnist"/>
    public static ImageDataSet FashionMnist(string folder, DataSetPart part = DataSetPart.Training) => Idx(folder, part, DataSetNames.Fashion);

    /// <summary>Kuzushiji-MNIST: ten cursive hiragana, in MNIST's sizes and file names (Clanuwat et al., 2018).</summary>
    /// <inheritdoc cref="Mnist"/>
    public static ImageDataSet Kmnist(string folder, DataSetPart part = DataSetPart.Training) => Idx(folder, part, DataSetNames.Kuzushiji);

    /// <summary>EMNIST: handwritten digits and letters, 28 x 28 (Cohen et al., 2017). Its files store images transposed; these are upright.</summary>
    /// <param name="folder">Where <c>emnist-balanced-train-images-idx3-ubyte</c> and its like lie.</param>
    /// <param name="split">Which of its six splits.</param>
    /// <param name="part">Which part. Default: training.</param>
    /// <inheritdoc cref="Mnist"/>
    public static ImageDataSet Emnist(string folder, EmnistSplit split, DataSetPart part = DataSetPart.Training)
    {
        var prefix = $"emnist-{split.ToString().ToLowerInvariant()}-{(part == DataSetPart.Training ? "train" : "test")}";
        // The letters' files count from 1.
        return IdxDataSet.Read(folder, prefix, DataSetNames.Of(split), split == EmnistSplit.Letters ? 1 : 0, isTransposed: true);
    }

    /// <summary>CIFAR-10: 50,000 and 10,000 colour images of 32 x 32 (Krizhevsky, 2009), from its binary version.</summary>
    /// <param name="folder">Where <c>data_batch_1.bin</c> to <c>data_batch_5.bin</c> and <c>test_batch.bin</c> lie.</param>
    /// <param name="part">Which part. Default: training.</param>
    /// <returns>The images <c>[N, 3, 32, 32]</c> and labels, which the caller disposes.</returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be; names file, place and expectation.</exception>
    public static ImageDataSet Cifar10(string folder, DataSetPart part = DataSetPart.Training) => CifarDataSet.Read(
        folder,
        part == DataSetPart.Training ? [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")] : ["test_batch.bin"],
        labelBytes: 1,
        DataSetNames.Cifar10);

    /// <summary>CIFAR-100: as CIFAR-10, with 100 (fine) classes, from its binary version.</summary>
    /// <param name="folder">Where <c>train.bin</c> and <c>test.bin</c> lie.</param>
    /// <param name="part">Which part. Default: training.</param>
    /// <inheritdoc cref="Cifar10"/>
    public static ImageDataSet Cifar100(string folder, DataSetPart part = DataSetPart.Training) =>
        CifarDataSet.Read(folder, [part == DataSetPart.Training ? "train.bin" : "test.bin"], labelBytes: 2, DataSetNames.Cifar100);

    /// <summary>Handwritten digits in MNIST's format, drawn on the spot: the data set that needs no file. The same seed gives the same images on any number of threads.</summary>
    /// <param name="count">How many, at least 1. Default: 60,000, as many as MNIST has for training.</param>
    /// <param name="seed">Start of what is drawn. Default: 1.</param>
    /// <param name="token">Ends the drawing, which takes a second or two.</param>
    /// <returns>The images <c>[count, 1, 28, 28]</c> and labels, which the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImageDataSet DrawnDigits(int count = 60_000, long seed = 1, CancellationToken token = default) => DrawnDigitSet.Draw(count, seed, token);

    /// <summary>All pictures of a folder and of the folders below it, ordered by their names, so that neighbours stay neighbours.</summary>
    /// <param name="path">The folder; see <c>Batches.FromImageFolder</c> for what it may hold.</param>
    /// <param name="options">Size, channels, fit, classes. Default: 64 x 64 in colour. Augmentation, order and cache play no part.</param>
    /// <returns>The images <c>[N, C, H, W]</c>, with labels and names where folders are classes. The caller disposes it.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">The folder holds no pictures, or more than fit into 2 GiB, or an option is wrong.</exception>
    /// <exception cref="ImageFileException">A file is broken, and the options say refuse; or all files are.</exception>
    public static ImageDataSet FromFolder(string path, ImageFolderOptions? options = null) => FolderDataSet.Read(path, options ?? new ImageFolderOptions());

    /// <summary>The pictures of a source's next batches: its real samples, and their labels where the condition is one label for each.</summary>
    /// <param name="batches">The source. It has moved on afterwards: make one for this purpose.</param>
    /// <param name="count">How many pictures, at least 1. A shuffled source gives each once in as many as it has.</param>
    /// <param name="classNames">The classes' names. Default: null, labels are left out.</param>
    /// <returns>The images <c>[count, C, H, W]</c>, rounded to bytes. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">The source ends before, or its samples are no pictures, or its labels are no places in the names.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static ImageDataSet FromBatches(IBatchSource batches, int count, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = NewDisposeScope();
        var (pictures, labels, taken) = (new List<Tensor>(), new List<Tensor>(), 0L);
        while (taken < count)
        {
            var batch = batches.NextBatch() ?? throw new ArgumentException($"The source ended after {taken} pictures, but {count} were asked for.", nameof(batches));
            pictures.Add(PictureBytes.From(batch.Real));
            labels.Add(classNames is null ? zeros(0) : batch.Condition ?? throw new ArgumentException("The source gives no labels. Leave the names of classes out.", nameof(classNames)));
            taken += batch.Real.shape[0];
        }

        return ImageDataSet.From(cat(pictures).narrow(0, 0, count), classNames is null ? null : cat(labels).narrow(0, 0, count), classNames);
    }

    /// <summary>
    /// Brings the files of a data set into a folder, for the method of its name to read: each is checked against the checksum that is known of
    /// it, and there whole or not at all. What is there already with the right checksum is not asked for again.
    /// </summary>
    /// <param name="dataSet">Which one. Its licence is its authors' matter and yours.</param>
    /// <param name="folder">Where the files go; made if need be. One folder for each data set: some share their files' names.</param>
    /// <param name="client">Asks for them, with the timeout and proxy that it has. Remains the caller's.</param>
    /// <param name="from">Another address that has the same files; it ends in a slash. Default: null, where authors or PyTorch keep them.</param>
    /// <param name="cancellationToken">Ends the download; files that are whole stay.</param>
    /// <exception cref="HttpRequestException">The address did not answer, or not with a file.</exception>
    /// <exception cref="InvalidDataException">A file has another checksum; it was not kept.</exception>
    /// <exception cref="IOException">A file could not be written.</exception>
    public static async Task DownloadAsync(
        PublishedDataSet dataSet, string folder, HttpClient client, Uri? from = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(client);
        var (usual, files) = PublishedFile.Of(dataSet);
        var download = new DataSetDownload(client, from ?? usual, folder);
        foreach (var file in files)
        {
            await download.Bring(file, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ImageDataSet Idx(string folder, DataSetPart part, IReadOnlyList<string> classNames) =>
        IdxDataSet.Read(folder, part == DataSetPart.Training ? "train" : "t10k", classNames, firstLabel: 0, isTransposed: false);
}
