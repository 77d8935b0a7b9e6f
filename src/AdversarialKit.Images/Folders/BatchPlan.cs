namespace AdversarialKit;

/// <summary>
/// Which samples each batch holds, and what is drawn for it. All of it follows from the seed and the batch's number, so that batches can
/// be made ahead, on any thread, and a position is all that a checkpoint has to keep.
/// </summary>
/// <param name="count">Samples.</param>
/// <param name="batchSize">Samples in a batch of this rank.</param>
/// <param name="sampling">How they are chosen.</param>
/// <param name="seed">From which all follows.</param>
/// <param name="part">This rank and the number of ranks that part each batch among them.</param>
internal sealed class BatchPlan(int count, int batchSize, Sampling sampling, long seed, (int Rank, int Ranks) part)
{
    // Two series of one seed must not meet: the orders of epochs, and what is drawn for batches.
    private const long EpochSeries = 0x45504F4348;

    private readonly object _lock = new();
    private readonly Dictionary<long, int[]> _orders = [];

    public long Seed => seed;

    public long BatchesPerEpoch { get; } = Math.Max(1, count / ((long)batchSize * part.Ranks));

    /// <summary>The samples of a batch.</summary>
    public int[] SamplesOf(long batch)
    {
        if (sampling == Sampling.Shuffled)
        {
            var (epoch, position) = Math.DivRem(batch, BatchesPerEpoch);
            return OrderOf(epoch).AsSpan(((int)position * part.Ranks + part.Rank) * batchSize, batchSize).ToArray();
        }

        var random = new SplitMix(seed ^ EpochSeries, PartOf(batch));
        var samples = new int[batchSize];
        for (var i = 0; i < batchSize; i++)
        {
            samples[i] = random.Below(count);
        }

        return samples;
    }

    /// <summary>The draws of a batch: flips, windows.</summary>
    public SplitMix DrawsOf(long batch) => new(seed, PartOf(batch));

    private long PartOf(long batch) => (batch * part.Ranks) + part.Rank;

    private int[] OrderOf(long epoch)
    {
        lock (_lock)
        {
            if (!_orders.TryGetValue(epoch, out var order))
            {
                // An order that is asked for again is made again, the same one.
                foreach (var old in _orders.Keys.Where(old => Math.Abs(old - epoch) > 1).ToArray())
                {
                    _orders.Remove(old);
                }

                _orders[epoch] = order = Shuffle(epoch);
            }

            return order;
        }
    }

    private int[] Shuffle(long epoch)
    {
        var random = new SplitMix(seed ^ EpochSeries, epoch);
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], i);
        }

        return order;
    }
}
