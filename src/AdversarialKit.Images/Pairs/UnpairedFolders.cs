namespace AdversarialKit;

/// <summary>Targets in their order, each with a source that is drawn from all of them.</summary>
internal sealed class UnpairedFolders : IPairSource
{
    private readonly ImageReader _sources;
    private readonly ImageReader _targets;
    private readonly int _sourceCount;

    public UnpairedFolders(string sources, string targets, ImageFolderOptions options)
    {
        var (from, to) = (FolderListing.Read(sources), FolderListing.Read(targets));
        // Each keeps half of what the cache may take.
        var half = options with { CacheBytes = options.CacheBytes / 2 };
        (_sources, _targets) = (new ImageReader(from, half), new ImageReader(to, half));
        (_sourceCount, Count, Digest) = (from.Names.Count, to.Names.Count, from.Digest() ^ long.RotateLeft(to.Digest(), 1));
    }

    public int Count { get; }

    public long Digest { get; }

    public bool AreAligned => false;

    public IReadOnlyList<BrokenImage> Broken => [.. _sources.Broken, .. _targets.Broken];

    public (byte[] Source, byte[] Target) Read(int index, ref SplitMix random)
    {
        var source = random.Below(_sourceCount);
        return (_sources.Read(source).Image, _targets.Read(index).Image);
    }
}
