using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Writes generated images as an MNIST file, for any program that reads MNIST.</summary>
internal static class Export
{
    /// <summary>The name of the file in the output folder.</summary>
    public const string FileName = "samples.idx3-ubyte.gz";

    /// <summary>The name of the file with images of the best weights.</summary>
    public const string BestFileName = "best.idx3-ubyte.gz";

    private const long BatchSize = 500;

    /// <summary>Where the digits of a file of images stand, named as MNIST names its own; null where the name says no such thing.</summary>
    public static string? LabelsBeside(string path)
    {
        var name = Path.GetFileName(path);
        return name.Contains("idx3", StringComparison.Ordinal)
            ? Path.Combine(
                Path.GetDirectoryName(path) ?? "",
                name.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal))
            : null;
    }

    /// <summary>Writes <paramref name="count"/> images to the file <paramref name="path"/>.</summary>
    /// <param name="path">A file in an existing folder.</param>
    /// <param name="count">How many images.</param>
    /// <param name="sample">Makes that many images, float [n, 1, 28, 28] in [-1, 1]; they are disposed here.</param>
    /// <param name="token">Stops between batches; then no file is written.</param>
    public static void Write(string path, long count, Func<long, Tensor> sample, CancellationToken token)
    {
        using var writer = new IdxImageWriter(path, count);
        for (long done = 0; done < count; done += BatchSize)
        {
            token.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var images = sample(Math.Min(BatchSize, count - done));
            writer.Append(SampleSheet.ToBytes(images).squeeze(1));
        }

        writer.Complete();
    }
}
