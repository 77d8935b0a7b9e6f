namespace AdversarialKit;

/// <summary>
/// The filter that resizes. When a picture gets smaller each is stretched to cover the pixels that become one, so that
/// none gives the jagged edges and moire of a filter that looks at its nearest neighbours alone.
/// </summary>
public enum ImageFilter
{
    /// <summary>A triangle: the usual choice, without overshoot.</summary>
    Bilinear,

    /// <summary>Keys's cubic with a = -0.5: sharper, with slight halos at strong edges.</summary>
    Bicubic,

    /// <summary>A sinc windowed by a sinc, three lobes: the sharpest and slowest, with more halo.</summary>
    Lanczos,
}
