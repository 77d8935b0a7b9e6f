namespace AdversarialKit;

/// <summary>
/// Squared Euclidean distances between sets of points, a block of rows at a time: through one matrix product, which is
/// fast, and from the differences themselves wherever the rounding of that product could decide a comparison.
/// </summary>
internal static class SquaredDistances
{
    /// <summary>Pairs in a block: 8 MiB of float64, which stay in the cache and are given back to the allocator whole.</summary>
    private const long PairsPerBlock = 1L << 20;

    /// <summary>Numbers in a chunk of differences: 8 MiB of float64.</summary>
    private const long NumbersPerChunk = 1L << 20;

    /// <summary>More neighbours than asked for are looked at, since rounding may swap the last ones.</summary>
    private const int SpareNeighbors = 2;

    public static IEnumerable<(long Start, long Rows)> Blocks(long rows, long columns)
    {
        var size = Math.Clamp(PairsPerBlock / columns, 1, rows);
        for (var start = 0L; start < rows; start += size)
        {
            yield return (start, Math.Min(size, rows - start));
        }
    }

    /// <summary>The distances of every row of <paramref name="x"/> to every row of <paramref name="y"/>, up to <see cref="Tolerance"/>.</summary>
    public static Tensor Block(Tensor x, Tensor y, Tensor yNorms) =>
        addmm(yNorms, x, y.t(), beta: 1, alpha: -2).add_(Norms(x).unsqueeze(1));

    public static Tensor Norms(Tensor points) => points.square().sum(1);

    /// <summary>A bound on the rounding of <see cref="Block"/>: that of the longest dot product of F terms.</summary>
    public static double Tolerance(Tensor x, Tensor y)
    {
        using var scope = NewDisposeScope();
        var norms = Norms(x).max().ToDouble() + Norms(y).max().ToDouble();
        return (x.shape[1] + 8) * Math.Pow(2, -52) * norms;
    }

    /// <summary>
    /// The squared distances of every point of <paramref name="from"/> to its <paramref name="count"/> nearest points of
    /// <paramref name="to"/>, ascending <c>[N, count]</c>, from the differences themselves. A point that is in both sets
    /// is its own nearest.
    /// </summary>
    public static Tensor Nearest(Tensor from, Tensor to, int count, WorkProgress work)
    {
        using var scope = NewDisposeScope();
        var norms = Norms(to);
        var looked = (int)Math.Min(count + SpareNeighbors, to.shape[0]);
        var found = new List<Tensor>();
        foreach (var (start, rows) in Blocks(from.shape[0], to.shape[0]))
        {
            using var inner = NewDisposeScope();
            var points = from.narrow(0, start, rows);
            var (_, nearest) = Block(points, to, norms).topk(looked, dim: 1, largest: false, sorted: false);
            using var end = rows.ToScalar();
            var firsts = arange(end, device: to.device).repeat_interleave(looked);
            var distances = Exact(points, to, firsts, nearest.flatten()).reshape(rows, looked);
            found.Add(distances.sort(1).Values.narrow(1, 0, count).contiguous().MoveToOuterDisposeScope());
            work.Add((double)rows * to.shape[0]);
        }

        return cat(found, 0).MoveToOuterDisposeScope();
    }

    /// <summary>Which pairs of a block are within a threshold; pairs too close to it to tell are decided exactly.</summary>
    /// <param name="pairs">The block and the points it belongs to.</param>
    /// <param name="thresholds">Squared, <c>[rows, 1]</c> or <c>[1, columns]</c>.</param>
    /// <param name="inclusive">Whether a distance equal to the threshold is within it.</param>
    public static Tensor Within(PairBlock pairs, Tensor thresholds, bool inclusive)
    {
        var surely = pairs.Distances < (thresholds - pairs.Tolerance);
        var possibly = pairs.Distances <= (thresholds + pairs.Tolerance);
        var unclear = possibly.logical_xor_(surely).nonzero();
        if (unclear.shape[0] > 0)
        {
            var (i, j) = (unclear.select(1, 0), unclear.select(1, 1));
            var limits = thresholds.expand(pairs.Distances.shape)[i, j];
            var distances = Exact(pairs.X, pairs.Y, i, j);
            surely.index_put_(inclusive ? distances <= limits : distances < limits, i, j);
        }

        return surely;
    }

    private static Tensor Exact(Tensor x, Tensor y, Tensor i, Tensor j)
    {
        var pairs = i.shape[0];
        var chunk = Math.Max(1, NumbersPerChunk / x.shape[1]);
        var parts = new List<Tensor>();
        for (var start = 0L; start < pairs; start += chunk)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(chunk, pairs - start);
            var difference = x.index_select(0, i.narrow(0, start, size)).sub_(y.index_select(0, j.narrow(0, start, size)));
            parts.Add(difference.pow_(Constant.Two).sum(1).MoveToOuterDisposeScope());
        }

        return cat(parts, 0);
    }
}
