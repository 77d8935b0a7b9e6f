namespace AdversarialKit;

/// <summary>
/// The sizes of batches in which the rows of different requests may go through a generator together, because each row gets the same bits
/// in all of them, wherever it stands and whatever stands beside it.
/// </summary>
/// <remarks>
/// That is no law. Of one row a product is a product with a vector, which sums in another order; of a few rows it is another program
/// on some processors; two helping threads divide rows unevenly; a layer may look at the whole batch. So it is tried, on the generator
/// at hand.
/// </remarks>
internal sealed class BatchSizes
{
    // So many rows are tried in each size at least: a few may get the same bits by chance.
    private const int Tried = 64;

    // Powers of two, and then so that at most a third of a batch is filled up.
    private static readonly int[] _candidates = [1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256];

    private readonly int[] _sizes;

    private BatchSizes(int largest, int[] sizes) => (Largest, _sizes) = (largest, sizes);

    public int Largest { get; }

    /// <summary>Whether requests may share a batch.</summary>
    public bool AreShared => _sizes.Length > 0;

    /// <summary>Nothing is shared: each request goes by itself, in batches of at most the largest size.</summary>
    public static BatchSizes Alone(int largest) => new(largest, []);

    /// <summary>Tries the generator. To be called on a thread of <see cref="TorchThread"/>.</summary>
    /// <param name="make">The generator: a batch of rows to a batch of samples.</param>
    /// <param name="largest">The largest size.</param>
    public static BatchSizes Try(Func<long[], Tensor> make, int largest)
    {
        using var scope = NewDisposeScope();
        long[] rows = [.. Enumerable.Range(0, largest).Select(i => (long)i)];
        var whole = make(rows);
        // From the last row to the first, so that each stands elsewhere than in the whole.
        Array.Reverse(rows);
        if (!SameAsIn(whole, make, rows))
        {
            return Alone(largest);
        }

        var fitting = _candidates.Where(size => size < largest && rows.Chunk(size).Take(Math.Max(1, Tried / size)).All(batch => SameAsIn(whole, make, batch)));
        return new BatchSizes(largest, [.. fitting, largest]);
    }

    /// <summary>The sizes that both allow.</summary>
    public BatchSizes And(BatchSizes other) => new(Largest, [.. _sizes.Intersect(other._sizes)]);

    /// <summary>The smallest size that holds so many rows.</summary>
    public int Fitting(int rows) => AreShared ? Array.Find(_sizes, size => size >= rows) : rows;

    public static bool Same(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        return a.shape.AsSpan().SequenceEqual(b.shape) && a.cpu().contiguous().bytes.SequenceEqual(b.cpu().contiguous().bytes);
    }

    public override string ToString() => AreShared ? $"batches of {string.Join(", ", _sizes)}" : $"a batch for each request, of at most {Largest}";

    private static bool SameAsIn(Tensor whole, Func<long[], Tensor> make, long[] rows)
    {
        using var scope = NewDisposeScope();
        return Same(make(rows), whole.index_select(0, tensor(rows, device: whole.device)));
    }
}
