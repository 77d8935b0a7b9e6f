namespace AdversarialKit;

/// <summary>Patches of all levels of images, as they come, in single precision.</summary>
/// <param name="options">How many, how large.</param>
/// <param name="levels">How many levels.</param>
/// <param name="seed">Start of what is drawn: another set of patches has another one.</param>
internal sealed class PatchLevels(PyramidWassersteinOptions options, int levels, ulong seed) : IDisposable
{
    /// <summary>Images of a chunk: their patches are in double precision for a moment.</summary>
    private const int Chunk = 64;

    private readonly List<Tensor>[] _patches = [.. Enumerable.Range(0, levels).Select(_ => new List<Tensor>())];
    private Generator[] _random = Generators(seed, levels);

    public long Count { get; private set; }

    /// <summary>Adds checked images [N, C, H, W].</summary>
    public void Add(Tensor images)
    {
        for (var start = 0L; start < images.shape[0]; start += Chunk)
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            var some = images.narrow(0, start, Math.Min(Chunk, images.shape[0] - start)).detach().cpu().to(ScalarType.Float64);
            var pyramid = LaplacianPyramid.Levels(some, levels);
            for (var level = 0; level < levels; level++)
            {
                var corners = ImagePatches.DrawCorners(pyramid[level], options.Patches, options.PatchSide, _random[level]);
                _patches[level].Add(ImagePatches.At(pyramid[level], corners, options.PatchSide).to(ScalarType.Float32).DetachFromDisposeScope());
            }
        }

        Count += images.shape[0];
    }

    /// <summary>All patches of a level, float64 [patches, numbers], in the current scope.</summary>
    public Tensor Level(int level) => cat(_patches[level], 0).to(ScalarType.Float64);

    public void Clear()
    {
        DisposeAll();
        _random = Generators(seed, levels);
        Count = 0;
    }

    public void Dispose() => DisposeAll();

    private static Generator[] Generators(ulong seed, int levels) => [.. Enumerable.Range(0, levels).Select(level => new Generator(seed + ((ulong)level << 32)))];

    private void DisposeAll()
    {
        foreach (var patches in _patches)
        {
            patches.ForEach(some => some.Dispose());
            patches.Clear();
        }

        Array.ForEach(_random, random => random.Dispose());
    }
}
