namespace AdversarialKit;

/// <summary>What can be told wrong before a picture is read.</summary>
internal static class ImageChecks
{
    /// <summary>Decoding works on arrays, whose lengths are below this.</summary>
    private const int MostPixels = int.MaxValue / Picture.BytesPerPixel;

    public static void Check(int batchSize, ImageFolderOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        RequireAtLeast(options, 1, options.Width, nameof(options.Width));
        RequireAtLeast(options, 1, options.Height, nameof(options.Height));
        RequireAtLeast(options, 0, options.CropMargin, nameof(options.CropMargin));
        RequireAtLeast(options, 0, options.CacheBytes, nameof(options.CacheBytes));
        RequireAtLeast(options, 1, options.Threads ?? 1, nameof(options.Threads));
        if (options.Channels is not (1 or 3 or 4))
        {
            throw new ArgumentException(
                $"{nameof(options.Channels)} is {options.Channels}; it may be 1 (grey), 3 (colour) or 4 (colour and opacity).", nameof(options));
        }

        if (options.MaxPixels is < 1 or > MostPixels)
        {
            throw new ArgumentException($"{nameof(options.MaxPixels)} is {options.MaxPixels}; it may be 1 to {MostPixels}.", nameof(options));
        }

        if ((long)batchSize * options.Channels * (options.Width + (long)options.CropMargin) * (options.Height + (long)options.CropMargin) > Array.MaxLength)
        {
            throw new ArgumentException(
                $"A batch of {batchSize} images of {options.Channels} x {options.Height} x {options.Width} has too many numbers for one array. " +
                "Choose smaller batches or images.",
                nameof(options));
        }
    }

    public static void RequireABatch(int count, int batchSize, Sampling sampling, string folder)
    {
        if (sampling == Sampling.Shuffled && batchSize > count)
        {
            throw new ArgumentException(
                $"The folder '{folder}' holds {count} pictures, too few for a shuffled batch of {batchSize}. Choose smaller batches, or Sampling.WithReplacement.",
                nameof(batchSize));
        }
    }

    private static void RequireAtLeast(ImageFolderOptions options, long least, long value, string name)
    {
        if (value < least)
        {
            throw new ArgumentException($"{name} is {value}; it must be at least {least}.", nameof(options));
        }
    }
}
