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
    }
}
