namespace AdversarialKit;

/// <summary>Pictures whose left half is one of a pair and whose right half is the other, as pix2pix's data sets have them.</summary>
internal sealed class SideBySide : IPairSource
{
    private readonly ImageReader _pictures;
    private readonly bool _sourceIsLeft;

    public SideBySide(string path, bool sourceIsLeft, ImageFolderOptions options)
    {
        var listing = FolderListing.Read(path);
        _pictures = new ImageReader(listing, options, halves: 2);
        _sourceIsLeft = sourceIsLeft;
        (Count, Digest) = (listing.Names.Count, listing.Digest());
    }

    public int Count { get; }

    public long Digest { get; }

    public bool AreAligned => true;

    public IReadOnlyList<BrokenImage> Broken => _pictures.Broken;

    public (byte[] Source, byte[] Target) Read(int index, ref SplitMix random)
    {
        // The left half lies above the right one.
        var both = _pictures.Read(index).Image;
        var (left, right) = (both[..(both.Length / 2)], both[(both.Length / 2)..]);
        return _sourceIsLeft ? (left, right) : (right, left);
    }
}
