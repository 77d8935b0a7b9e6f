namespace AdversarialKit;

/// <summary>Sources of real batches from files of pictures, beside those of <see cref="Batches"/>.</summary>
public static class ImageBatches
{
    extension(Batches)
    {
        /// <summary>
        /// Batches of the pictures in a folder and all folders below it: PNG, JPEG, WebP, GIF (the first frame) and BMP, grey or
        /// colour, with palette, opacity, 16 bits or CMYK, turned as their cameras were held, resized as the options say.
        /// </summary>
        /// <param name="path">The folder. Files and folders whose names begin with a dot are passed over.</param>
        /// <param name="batchSize">Images in a batch, at least 1.</param>
        /// <param name="options">Size, classes, augmentation, cache, threads. Default: 64 x 64 in colour, shuffled, seed 0.</param>
        /// <returns>An endless source whose position belongs to checkpoints. The caller disposes it.</returns>
        /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
        /// <exception cref="ArgumentException">The folder holds no pictures, or fewer than a batch to shuffle, or an option is wrong.</exception>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
        /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
        public static ImageFolderBatches FromImageFolder(string path, int batchSize, ImageFolderOptions? options = null) =>
            new(path, batchSize, options ?? new ImageFolderOptions());

        /// <summary>Batches of pairs: pictures of one name, whatever their endings, in two folders.</summary>
        /// <param name="sources">The folder of what a generator is given, the batches' condition; folders below it as for <c>FromImageFolder</c>.</param>
        /// <param name="targets">The folder of what it shall make, the batches' real samples.</param>
        /// <param name="batchSize">Pairs in a batch, at least 1.</param>
        /// <param name="options">Size, augmentation, cache, threads. Default: 64 x 64 in colour, shuffled, seed 0.</param>
        /// <returns>An endless source whose position belongs to checkpoints. The caller disposes it.</returns>
        /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
        /// <exception cref="ArgumentException">A folder holds no pictures, or a picture has no partner, or there are fewer than a batch to shuffle, or an option is wrong.</exception>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
        public static ImagePairBatches FromImagePairs(string sources, string targets, int batchSize, ImageFolderOptions? options = null) =>
            Pairs(batchSize, options, chosen => new AlignedFolders(sources, targets, chosen), targets);

        /// <summary>Batches of pairs from pictures that hold both side by side, as pix2pix's data sets do.</summary>
        /// <param name="path">The folder; folders below it as for <c>FromImageFolder</c>.</param>
        /// <param name="batchSize">Pairs in a batch, at least 1.</param>
        /// <param name="sourceIsLeft">Whether the left half is what a generator is given, the batches' condition. Default: true.</param>
        /// <param name="options">Size of one half, augmentation, cache, threads. Default: 64 x 64 in colour, shuffled, seed 0.</param>
        /// <returns>An endless source whose position belongs to checkpoints. The caller disposes it.</returns>
        /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
        /// <exception cref="ArgumentException">The folder holds no pictures, or fewer than a batch to shuffle, or an option is wrong.</exception>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
        public static ImagePairBatches FromSideBySideImages(string path, int batchSize, bool sourceIsLeft = true, ImageFolderOptions? options = null) =>
            Pairs(batchSize, options, chosen => new SideBySide(path, sourceIsLeft, chosen), path);

        /// <summary>Batches of pictures from two folders that do not belong together one by one: each target comes with a source drawn from all of them.</summary>
        /// <param name="sources">The folder of what a generator is given, the batches' condition; folders below it as for <c>FromImageFolder</c>.</param>
        /// <param name="targets">The folder of what it shall make, the batches' real samples. An epoch comes to each of these once.</param>
        /// <param name="batchSize">Pictures of each kind in a batch, at least 1.</param>
        /// <param name="options">Size, augmentation, cache, threads. Default: 64 x 64 in colour, shuffled, seed 0.</param>
        /// <returns>An endless source whose position belongs to checkpoints. The caller disposes it.</returns>
        /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
        /// <exception cref="ArgumentException">A folder holds no pictures, or there are fewer targets than a batch to shuffle, or an option is wrong.</exception>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
        public static ImagePairBatches FromUnpairedImages(string sources, string targets, int batchSize, ImageFolderOptions? options = null) =>
            Pairs(batchSize, options, chosen => new UnpairedFolders(sources, targets, chosen), targets);
    }

    private static ImagePairBatches Pairs(int batchSize, ImageFolderOptions? options, Func<ImageFolderOptions, IPairSource> open, string folder)
    {
        options ??= new ImageFolderOptions();
        ImageChecks.Check(batchSize, options);
        if (options.LabelsFromFolders)
        {
            throw new ArgumentException(
                $"{nameof(options.LabelsFromFolders)} is on, but the condition of a pair is a picture. Leave it off.", nameof(options));
        }

        var pairs = open(options);
        ImageChecks.RequireABatch(pairs.Count, batchSize * (options.Collective?.Size ?? 1), options.Sampling, folder);
        return new ImagePairBatches(pairs, batchSize, options);
    }
}
