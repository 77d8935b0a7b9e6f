namespace AdversarialKit;

/// <summary>The files of one part of MNIST: looks for them, checks that they are the originals, and brings them from a public mirror.</summary>
/// <remarks>
/// <code>
/// using var digits = MnistFiles.Training.ReadOrDownload("mnist");
/// </code>
/// </remarks>
public sealed class MnistFiles
{
    internal MnistFiles(MnistFile images, MnistFile labels) => (Images, Labels) = (images, labels);

    /// <summary>The 60,000 digits to learn from.</summary>
    public static MnistFiles Training { get; } = new(
        new("train-images-idx3-ubyte", IdxFile.ImagesMagic, 60_000, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new("train-labels-idx1-ubyte", IdxFile.LabelsMagic, 60_000, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"));

    /// <summary>The 10,000 digits to judge by.</summary>
    public static MnistFiles Test { get; } = new(
        new("t10k-images-idx3-ubyte", IdxFile.ImagesMagic, 10_000, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new("t10k-labels-idx1-ubyte", IdxFile.LabelsMagic, 10_000, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /// <summary>How many digits there are.</summary>
    public int Count => Images.Count;

    internal MnistFile Images { get; }

    internal MnistFile Labels { get; }

    /// <summary>The names under which the first missing file was looked for.</summary>
    /// <param name="folder">Where to look.</param>
    /// <returns>The likeliest name first; null where both files are there.</returns>
    public IReadOnlyList<string>? MissingIn(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new[] { Images, Labels }.FirstOrDefault(file => file.FindIn(folder) is null)?.Names;
    }

    /// <summary>Reads the digits, gzipped or not.</summary>
    /// <param name="folder">Where the files lie.</param>
    /// <returns>The images <c>[N, 1, 28, 28]</c> and labels, which the caller disposes.</returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not the original; names file, place and expectation.</exception>
    public ImageDataSet Read(string folder)
    {
        if (MissingIn(folder) is { } names)
        {
            throw new FileNotFoundException($"The folder '{folder}' has none of {string.Join(", ", names)}.");
        }

        using var scope = NewDisposeScope();
        var images = Images.Read(Images.FindIn(folder)!);
        try
        {
            using var labels = Labels.Read(Labels.FindIn(folder)!);
            return new ImageDataSet(images, labels.to(ScalarType.Int64).DetachFromDisposeScope(), DataSetNames.Digits);
        }
        catch
        {
            images.Dispose();
            throw;
        }
    }

    /// <summary>Reads the digits, and downloads them first where they are missing or not the originals.</summary>
    /// <param name="folder">Where they are kept for the next time; made if need be.</param>
    /// <param name="options">Patience, progress, the way to the network. Default: ten seconds of silence are too much.</param>
    /// <param name="token">Ends a download.</param>
    /// <returns>The images <c>[N, 1, 28, 28]</c> and labels, which the caller disposes.</returns>
    /// <exception cref="HttpRequestException">The folder cannot be made, or no mirror gave every file; says why, without a final stop.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ImageDataSet ReadOrDownload(string folder, MnistDownloadOptions? options = null, CancellationToken token = default)
    {
        if (MissingIn(folder) is null)
        {
            try
            {
                return Read(folder);
            }
            catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                options?.Unusable?.Invoke(error.Message);
            }
        }

        Download(folder, options, token);
        return Read(folder);
    }

    /// <summary>Downloads both files, each checked by its SHA-256 before it gets its name.</summary>
    /// <param name="folder">Where they go; made if need be.</param>
    /// <param name="options">Patience, progress, the way to the network. Default: ten seconds of silence are too much.</param>
    /// <param name="token">Ends the download.</param>
    /// <exception cref="HttpRequestException">The folder cannot be made, or no mirror gave every file; says why, without a final stop.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Download(string folder, MnistDownloadOptions? options = null, CancellationToken token = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        new MirrorDownload(folder, options ?? new MnistDownloadOptions()).Fetch([Images, Labels], token);
    }
}
