namespace AdversarialKit;

/// <summary>Gives out batches that are made ahead as a plan says, and knows where it stands.</summary>
internal sealed class PlannedBatches : IDisposable
{
    private const string PositionName = "position";
    private const string SeedName = "seed";
    private const string LayoutName = "layout";

    private readonly Func<BatchPlan, long, CancellationToken, MadeBatch> _make;
    private readonly long[] _layout;
    private readonly int _count;
    private readonly int _batchSize;
    private readonly (int Rank, int Ranks) _part;
    private readonly Sampling _sampling;
    private readonly MadeAhead<MadeBatch> _ahead;
    private BatchPlan _plan;
    private long _position;
    private bool _disposed;

    /// <param name="count">Samples.</param>
    /// <param name="batchSize">Samples in a batch.</param>
    /// <param name="digest">Tells other samples from these.</param>
    /// <param name="options">Sampling, seed, threads.</param>
    /// <param name="make">Makes the batch of a number; called on several threads at once.</param>
    public PlannedBatches(
        int count, int batchSize, long digest, ImageFolderOptions options, Func<BatchPlan, long, CancellationToken, MadeBatch> make)
    {
        (_count, _batchSize, _sampling, _make) = (count, batchSize, options.Sampling, make);
        _part = (options.Collective?.Rank ?? 0, options.Collective?.Size ?? 1);
        _layout = [count, (long)batchSize * _part.Ranks, (long)options.Sampling, digest];
        _plan = new BatchPlan(count, batchSize, options.Sampling, options.Seed, _part);
        SharedData = _part.Ranks == 1 ? null : $"{count} pictures, digest of their names {digest:x}, {options.Sampling}, seed {options.Seed}";
        _ahead = new MadeAhead<MadeBatch>(
            (number, stop) => _make(_plan, number, stop), options.Threads ?? Math.Max(1, Environment.ProcessorCount / 2));
    }

    public long BatchesPerEpoch => _plan.BatchesPerEpoch;

    /// <inheritdoc cref="IBatchSource.SharedData"/>
    public string? SharedData { get; }

    public TimeSpan Waited => _ahead.Waited;

    public MadeBatch Next()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var batch = _ahead.Take(_position);
        _position++;
        return batch;
    }

    public IReadOnlyDictionary<string, Tensor> GetState() => new Dictionary<string, Tensor>
    {
        [PositionName] = tensor(_position),
        [SeedName] = tensor(_plan.Seed),
        [LayoutName] = tensor(_layout),
    };

    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(state);
        var position = StateNumbers.Read(state, PositionName, [])[0];
        var seed = StateNumbers.Read(state, SeedName, [])[0];
        var layout = StateNumbers.Read(state, LayoutName, [_layout.Length]);
        StateNumbers.RefuseOthers(state, [PositionName, SeedName, LayoutName]);
        if (!layout.AsSpan(0, 3).SequenceEqual(_layout.AsSpan(0, 3)) || position < 0)
        {
            throw new ArgumentException(
                $"The state is of batches of {layout[1]} from {layout[0]} pictures ({(Sampling)layout[2]}), at batch {position}; " +
                $"these are batches of {_layout[1]} from {_count} pictures ({_sampling}).",
                nameof(state));
        }

        if (layout[3] != _layout[3])
        {
            throw new ArgumentException(
                $"The state is of {_count} pictures of other names: files were renamed, or exchanged for others. The order of batches hangs on them.",
                nameof(state));
        }

        _ahead.Forget();
        (_plan, _position) = (new BatchPlan(_count, _batchSize, _sampling, seed, _part), position);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _ahead.Dispose();
        }
    }
}
