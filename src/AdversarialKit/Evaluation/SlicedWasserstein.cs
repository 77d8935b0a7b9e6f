namespace AdversarialKit;

/// <summary>The Wasserstein distance along directions, where it is the area between two sorted lines of numbers.</summary>
/// <remarks>
/// Rabin, Peyré, Delon and Bernot, "Wasserstein Barycenter and Its Application to Texture Mixing" (2011): in one dimension, W1 is the integral of
/// |F⁻¹(t) - G⁻¹(t)| over t in [0, 1], F⁻¹ and G⁻¹ being the quantile functions.
/// </remarks>
internal static class SlicedWasserstein
{
    /// <summary>Projected numbers of a chunk of directions: 64 MiB of float64.</summary>
    private const long NumbersPerChunk = 1L << 23;

    /// <summary>Directions of length 1 in columns, [F, count], uniform over the sphere.</summary>
    public static Tensor Directions(long width, long count, ulong seed, Device device)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(seed);
        var drawn = randn([width, count], dtype: ScalarType.Float64, generator: random);
        return (drawn / drawn.square().sum(0, keepdim: true).sqrt()).to(device).MoveToOuterDisposeScope();
    }

    /// <summary>The distance along each direction.</summary>
    /// <param name="a">Float64 [N, F].</param>
    /// <param name="b">Float64 [M, F].</param>
    /// <param name="directions">Float64 [F, count].</param>
    public static double[] Along(Tensor a, Tensor b, Tensor directions)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (ofA, ofB, shares) = Quantiles(a.shape[0], b.shape[0], a.device);
        var size = Math.Clamp(NumbersPerChunk / shares.shape[0], 1, directions.shape[1]);
        var distances = new List<double>();
        for (var start = 0L; start < directions.shape[1]; start += size)
        {
            using var inner = NewDisposeScope();
            var some = directions.narrow(1, start, Math.Min(size, directions.shape[1] - start));
            var gaps = (Sorted(a, some).index_select(1, ofA) - Sorted(b, some).index_select(1, ofB)).abs_();
            distances.AddRange(mv(gaps, shares).cpu().data<double>().ToArray());
        }

        return [.. distances];
    }

    // Rows of directions, so that sorting goes along the memory.
    private static Tensor Sorted(Tensor points, Tensor directions) => mm(points, directions).t().contiguous().sort(1).Values;

    /// <summary>Where both quantile functions are constant: the samples that they have there, and the width of that piece.</summary>
    private static (Tensor OfA, Tensor OfB, Tensor Shares) Quantiles(long n, long m, Device device)
    {
        var (ofA, ofB, shares) = (new List<long>(), new List<long>(), new List<double>());
        for (var (i, j, at) = (0L, 0L, 0L); i < n && j < m;)
        {
            // Borders lie at i / n and j / m; times n m they are whole numbers.
            var next = Math.Min((i + 1) * m, (j + 1) * n);
            ofA.Add(i);
            ofB.Add(j);
            shares.Add((next - at) / ((double)n * m));
            (i, j, at) = (next / m, next / n, next);
        }

        return (tensor(ofA).to(device), tensor(ofB).to(device), tensor(shares, ScalarType.Float64).to(device));
    }
}
