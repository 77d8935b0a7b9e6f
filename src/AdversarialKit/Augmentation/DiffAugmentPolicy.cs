namespace AdversarialKit;

/// <summary>
/// The random changes of DiffAugment (Zhao et al. 2020, "Differentiable Augmentation for Data-Efficient GAN Training",
/// https://arxiv.org/abs/2006.10738), with the strengths of the published code. They run in the order in which they stand here.
/// </summary>
[Flags]
public enum DiffAugmentPolicy
{
    /// <summary>No change.</summary>
    None = 0,

    /// <summary>Adds a number from -0.5 to 0.5 to the whole image.</summary>
    Brightness = 1,

    /// <summary>Scales each pixel's distance from its mean over the channels by 0 to 2. Does nothing on one channel.</summary>
    Saturation = 2,

    /// <summary>Scales the distance from the image's mean by 0.5 to 1.5.</summary>
    Contrast = 4,

    /// <summary>Shifts by whole pixels up to a share of the size (default: 1/8) in both directions; zeros move in.</summary>
    Translation = 8,

    /// <summary>Sets a rectangle to zero, of a share of the size (default: 1/2); it may reach over the border.</summary>
    Cutout = 16,

    /// <summary>Brightness, saturation and contrast.</summary>
    Color = Brightness | Saturation | Contrast,

    /// <summary>Everything: "color,translation,cutout" of the published code.</summary>
    All = Color | Translation | Cutout,
}
