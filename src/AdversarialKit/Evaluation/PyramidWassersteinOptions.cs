namespace AdversarialKit;

/// <summary>How a <see cref="PyramidWassersteinDistance"/> looks at images. The defaults are TF-GAN's; figures compare within equal options.</summary>
public sealed record PyramidWassersteinOptions
{
    /// <summary>The smallest side that a level may have, in pixels.</summary>
    /// <value>16 by default.</value>
    public int SmallestSide { get; init; } = 16;

    /// <summary>How many patches are taken of each image on each level.</summary>
    /// <value>64 by default.</value>
    public int Patches { get; init; } = 64;

    /// <summary>Rows and columns of a patch, an odd number.</summary>
    /// <value>7 by default.</value>
    public int PatchSide { get; init; } = 7;

    /// <summary>Along how many directions distances are taken.</summary>
    /// <value>147 by default.</value>
    public int Directions { get; init; } = 147;

    /// <summary>Start of the sequences that draw patches and directions.</summary>
    /// <value>0 by default.</value>
    public long Seed { get; init; }

    /// <summary>The most generated images; each takes 4 bytes for every number of its patches, 110 KiB for 64 x 64 pixels in colour.</summary>
    /// <value>8,192 by default, as in the paper.</value>
    public int MaximumSamples { get; init; } = 8_192;
}
