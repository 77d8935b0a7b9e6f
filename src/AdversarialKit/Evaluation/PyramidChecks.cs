namespace AdversarialKit;

/// <summary>What can be told wrong before images are taken apart.</summary>
internal static class PyramidChecks
{
    public static void Options(PyramidWassersteinOptions options)
    {
        if (options.PatchSide < 3 || options.PatchSide % 2 == 0)
        {
            throw new ArgumentException($"{nameof(options.PatchSide)} is {options.PatchSide}; it must be odd and at least 3.", nameof(options));
        }

        AtLeastOne(options.SmallestSide, nameof(options.SmallestSide));
        AtLeastOne(options.Patches, nameof(options.Patches));
        AtLeastOne(options.Directions, nameof(options.Directions));
        AtLeastOne(options.MaximumSamples, nameof(options.MaximumSamples));

        void AtLeastOne(int value, string name)
        {
            if (value < 1)
            {
                throw new ArgumentException($"{name} is {value}; it must be at least 1.", nameof(options));
            }
        }
    }

    /// <param name="images">What shall be images.</param>
    /// <param name="shape">Channels, height and width that they must have, if that is known.</param>
    /// <param name="parameter">Their name.</param>
    public static void Images(Tensor images, long[]? shape, string parameter)
    {
        ArgumentNullException.ThrowIfNull(images, parameter);
        if (images.dim() != 4 || images.numel() == 0 || !images.is_floating_point())
        {
            throw new ArgumentException($"Images must be a floating-point tensor [N, C, H, W] with at least one image; got {images.dtype} {SampleChecks.Shape(images)}.", parameter);
        }

        if (shape is not null && !images.shape.AsSpan(1).SequenceEqual(shape))
        {
            throw new ArgumentException($"Images [N, {string.Join(", ", shape)}] were expected, as the real ones are; got {SampleChecks.Shape(images)}.", parameter);
        }

        using var scope = NewDisposeScope();
        if (!images.isfinite().all().ToBoolean())
        {
            throw new ArgumentException($"Some values of the images {SampleChecks.Shape(images)} are NaN or infinite. Find out where the generator diverged; such samples cannot be judged.", parameter);
        }
    }

    public static void Large(Tensor images, int patchSide, string parameter)
    {
        if (Math.Min(images.shape[2], images.shape[3]) < patchSide)
        {
            throw new ArgumentException($"Images {SampleChecks.Shape(images)} are smaller than a patch of {patchSide} x {patchSide}. Choose a smaller {nameof(PyramidWassersteinOptions.PatchSide)}.", parameter);
        }
    }
}
