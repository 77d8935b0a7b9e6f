namespace AdversarialKit;

/// <summary>The changes of DiffAugment one after another, each on a share of the images.</summary>
internal sealed class DiffAugmentPipeline(DiffAugmentPolicy policies, double translationRatio, double cutoutRatio)
{
    public Tensor Apply(Tensor images, Generator random, double probability)
    {
        Check(images);
        using var scope = NewDisposeScope();

        // An alias, never the argument itself: whoever disposes the result must not take the caller's batch along.
        var result = images.alias();
        if (probability > 0 && images.shape[0] > 0)
        {
            result = Change(result, new ImageDraws(images, random, probability));
        }

        return result.MoveToOuterDisposeScope();
    }

    public IReadOnlyList<string> Remarks(IReadOnlyList<long> sampleShape)
    {
        var remarks = new List<string>();
        if (sampleShape.Count != 3)
        {
            remarks.Add($"DiffAugment takes images [C, H, W], but a sample has shape {Text.Sizes(sampleShape)}: every step will fail.");
            return remarks;
        }

        if (Has(DiffAugmentPolicy.Saturation) && sampleShape[0] == 1)
        {
            remarks.Add("DiffAugment's Saturation does nothing on images of one channel.");
        }

        if (Has(DiffAugmentPolicy.Translation) && Share(sampleShape[1], translationRatio) + Share(sampleShape[2], translationRatio) == 0)
        {
            remarks.Add($"DiffAugment's Translation does nothing on images of {sampleShape[1]} x {sampleShape[2]} pixels: "
                + "the largest shift rounds to 0.");
        }

        return remarks;
    }

    public override string ToString() => policies.ToString();

    private static long Share(long size, double ratio) => (long)((size * ratio) + 0.5);

    private static void Check(Tensor images)
    {
        if (images.dim() != 4)
        {
            throw new ArgumentException(
                $"DiffAugment was given samples of shape {Text.Shape(images)}; it takes images [N, C, H, W]. "
                + "For samples of other shapes there is 'Augmentation.InstanceNoise'.",
                nameof(images));
        }

        if (!images.is_floating_point())
        {
            throw new ArgumentException(
                $"DiffAugment was given images of type {images.dtype}; they must be floating-point. "
                + "Convert them with 'images.to(ScalarType.Float32)' and scale them to [-1, 1].",
                nameof(images));
        }
    }

    private bool Has(DiffAugmentPolicy policy) => (policies & policy) != 0;

    private Tensor Change(Tensor images, ImageDraws draws)
    {
        if (Has(DiffAugmentPolicy.Brightness))
        {
            images = ColorChange.Brightness(images, draws);
        }

        if (Has(DiffAugmentPolicy.Saturation))
        {
            images = ColorChange.Saturation(images, draws);
        }

        if (Has(DiffAugmentPolicy.Contrast))
        {
            images = ColorChange.Contrast(images, draws);
        }

        var (height, width) = (images.shape[2], images.shape[3]);
        if (Has(DiffAugmentPolicy.Translation))
        {
            images = SpatialChange.Translation(images, Share(height, translationRatio), Share(width, translationRatio), draws);
        }

        if (Has(DiffAugmentPolicy.Cutout))
        {
            images = SpatialChange.Cutout(images, Share(height, cutoutRatio), Share(width, cutoutRatio), draws);
        }

        return images;
    }
}
