namespace AdversarialKit;

/// <summary>Gives pairs of pictures; any thread may ask.</summary>
internal interface IPairSource
{
    int Count { get; }

    /// <summary>Tells these files from others.</summary>
    long Digest { get; }

    /// <summary>Whether the two show the same thing, and so must be mirrored and cut alike.</summary>
    bool AreAligned { get; }

    IReadOnlyList<BrokenImage> Broken { get; }

    /// <summary>The pair of an index, each pixel by pixel.</summary>
    (byte[] Source, byte[] Target) Read(int index, ref SplitMix random);
}
