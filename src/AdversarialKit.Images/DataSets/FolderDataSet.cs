using System.Runtime.ExceptionServices;

namespace AdversarialKit;

/// <summary>Reads all pictures of a folder into memory, in the order of their names.</summary>
internal static class FolderDataSet
{
    public static ImageDataSet Read(string path, ImageFolderOptions options)
    {
        ImageChecks.Check(1, options);
        var listing = FolderListing.Read(path);
        var classes = options.LabelsFromFolders ? FolderClasses.Of(listing) : null;
        var reader = new ImageReader(listing, options with { CropMargin = 0, CacheBytes = 0 });
        var count = listing.Names.Count;
        var bytes = (long)count * reader.Fitting.Bytes;
        if (bytes > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{count} pictures of {options.Channels} x {options.Height} x {options.Width} take {bytes} bytes, more than one data set holds. Choose smaller images, or a part of the folder.",
                nameof(options));
        }

        var (pixels, taken) = (new byte[bytes], new int[count]);
        var threads = new ParallelOptions { MaxDegreeOfParallelism = options.Threads ?? Math.Max(1, Environment.ProcessorCount / 2) };
        try
        {
            Parallel.For(0, count, threads, i =>
            {
                var (image, index) = reader.Read(i);
                image.CopyTo(pixels.AsSpan(i * image.Length));
                taken[i] = index;
            });
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }

        using var scope = NewDisposeScope();
        var images = tensor(pixels, [count, options.Height, options.Width, options.Channels], dtype: ScalarType.Byte).permute(0, 3, 1, 2);
        var labels = classes is null ? null : tensor(taken.Select(index => classes.Labels[index]).ToArray());
        return ImageDataSet.From(images, labels, classes?.Names);
    }
}
