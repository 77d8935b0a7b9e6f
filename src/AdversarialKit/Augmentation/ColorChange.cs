namespace AdversarialKit;

/// <summary>Brightness, saturation and contrast of DiffAugment (Zhao et al. 2020, appendix A).</summary>
internal static class ColorChange
{
    /// <summary>x + b, b in [-0.5, 0.5).</summary>
    public static Tensor Brightness(Tensor images, ImageDraws draws) =>
        images + draws.Uniform(draws.Hits(), -0.5, 0.5, neutral: 0);

    /// <summary>About the mean over the channels of a pixel, factor in [0, 2).</summary>
    public static Tensor Saturation(Tensor images, ImageDraws draws) =>
        ScaleAbout(images.mean([1], keepdim: true), images, draws.Uniform(draws.Hits(), 0, 2, neutral: 1));

    /// <summary>About the mean of the image, factor in [0.5, 1.5).</summary>
    public static Tensor Contrast(Tensor images, ImageDraws draws) =>
        ScaleAbout(images.mean([1, 2, 3], keepdim: true), images, draws.Uniform(draws.Hits(), 0.5, 1.5, neutral: 1));

    // m + f (x - m), written so that f = 1 gives x to the last bit.
    private static Tensor ScaleAbout(Tensor mean, Tensor images, Tensor factor) => (images * factor) + (mean * (1 - factor));
}
