namespace AdversarialKit;

/// <summary>Batches from samples in memory; made by <see cref="Batches.FromTensor"/>. Never ends.</summary>
/// <remarks>Its state is where it stands in its random sequence, so that a resumed run goes on at the very next batch.</remarks>
public sealed class TensorBatches : IBatchSource, IStateful, IDisposable
{
    private const string RandomName = "random";
    private const string PositionName = "position";
    private const string LayoutName = "layout";

    private readonly Tensor _samples;
    private readonly TensorBatchOptions _options;
    private readonly int _batchSize;
    private readonly long _wholeSize;
    private readonly long _first;
    private readonly Generator _random;
    private Tensor? _order;
    private Tensor? _randomOfEpoch;
    private long _position;

    internal TensorBatches(Tensor samples, int batchSize, TensorBatchOptions options)
    {
        var (rank, ranks) = (options.Collective?.Rank ?? 0, options.Collective?.Size ?? 1);
        _wholeSize = (long)batchSize * ranks;
        _first = (long)batchSize * rank;
        Check(samples, _wholeSize, ranks, options);
        _samples = samples;
        _batchSize = batchSize;
        _options = options;
        _random = new Generator(unchecked((ulong)options.Seed));
        BatchesPerEpoch = Math.Max(1, samples.shape[0] / _wholeSize);
    }

    /// <inheritdoc cref="IBatchSource.BatchesPerEpoch"/>
    public long BatchesPerEpoch { get; }

    long? IBatchSource.BatchesPerEpoch => BatchesPerEpoch;

    string? IBatchSource.SharedData => _wholeSize == _batchSize ? null : $"{Count} samples, {_options.Sampling}, seed {_options.Seed}";

    private long Count => _samples.shape[0];

    /// <inheritdoc/>
    public Batch? NextBatch()
    {
        using var scope = NewDisposeScope();
        var before = _options is { Transform: not null, Sampling: Sampling.WithReplacement } ? RandomState.Capture(_random) : null;
        var chosen = _options.Sampling == Sampling.Shuffled ? NextOfEpoch() : DrawAny();
        try
        {
            return Of(chosen);
        }
        catch
        {
            TakeBack(before);
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> GetState() => new Dictionary<string, Tensor>
    {
        [RandomName] = _order is null ? RandomState.Capture(_random) : _randomOfEpoch!.clone(),
        [PositionName] = tensor(_order is null ? -1 : _position),
        [LayoutName] = tensor(Layout()),
    };

    /// <inheritdoc/>
    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var random = NamedTensors.Require(state, RandomName, [RandomState.Length], ScalarType.Byte);
        var position = NamedTensors.Require(state, PositionName, [], ScalarType.Int64).item<long>();
        var layout = NamedTensors.Require(state, LayoutName, [3], ScalarType.Int64).data<long>().ToArray();
        NamedTensors.RefuseOthers(state, new HashSet<string> { RandomName, PositionName, LayoutName });
        if (!layout.AsSpan().SequenceEqual(Layout()) || position < -1 || position > BatchesPerEpoch)
        {
            throw new ArgumentException(
                $"The state is of batches of {layout[1]} from {layout[0]} samples ({NameOf(layout[2])}), at batch {position}; " +
                $"these are batches of {_wholeSize} from {Count} samples ({_options.Sampling}).",
                nameof(state));
        }

        RandomState.Restore(_random, random);
        Forget();
        if (position >= 0)
        {
            Shuffle();
            _position = position;
        }
    }

    /// <summary>Disposes the source's own generator of randomness and order. The samples remain.</summary>
    public void Dispose()
    {
        Forget();
        _random.Dispose();
    }

    private Batch Of(Tensor chosen)
    {
        var selected = _samples.index_select(0, chosen.to(_samples.device));
        var real = TransformedSamples.Of(_options.Transform, selected, $"{nameof(TensorBatchOptions)}.{nameof(_options.Transform)}");
        var labels = _options.Labels is { } all ? all.index_select(0, chosen.to(all.device)) : null;
        return new Batch(real.MoveToOuterDisposeScope(), labels?.MoveToOuterDisposeScope());
    }

    // The transform threw, so no batch was given: a checkpoint that is written beside the exception must stand before it.
    private void TakeBack(Tensor? random)
    {
        if (_options.Sampling == Sampling.Shuffled)
        {
            _position--;
        }
        else if (random is not null)
        {
            RandomState.Restore(_random, random);
        }
    }

    private Tensor NextOfEpoch()
    {
        if (_order is null || _position == BatchesPerEpoch)
        {
            Shuffle();
        }

        return _order!.narrow(0, (_position++ * _wholeSize) + _first, _batchSize);
    }

    private Tensor DrawAny()
    {
        var drawn = randint(Count, _wholeSize, dtype: ScalarType.Int64, generator: _random);
        return _wholeSize == _batchSize ? drawn : drawn.narrow(0, _first, _batchSize);
    }

    // The order follows from where the random sequence stood, which is all that a checkpoint needs to keep of it.
    private void Shuffle()
    {
        Forget();
        _randomOfEpoch = RandomState.Capture(_random).DetachFromDisposeScope();
        _order = randperm(Count, dtype: ScalarType.Int64, generator: _random).DetachFromDisposeScope();
        _position = 0;
    }

    private void Forget()
    {
        _order?.Dispose();
        _randomOfEpoch?.Dispose();
        (_order, _randomOfEpoch) = (null, null);
    }

    private long[] Layout() => [Count, _wholeSize, (long)_options.Sampling];

    private static string NameOf(long sampling) => sampling is 0 or 1 ? ((Sampling)sampling).ToString() : "unknown";

    private static void Check(Tensor samples, long batchSize, int ranks, TensorBatchOptions options)
    {
        if (samples.dim() < 1 || samples.shape[0] < 1)
        {
            throw new ArgumentException($"The samples have the shape {Text.Shape(samples)}; they must be [N, ...] with N of at least 1.", nameof(samples));
        }

        if (options.Sampling == Sampling.Shuffled && batchSize > samples.shape[0])
        {
            throw new ArgumentException(
                $"There are {samples.shape[0]} samples, too few for a shuffled batch of {batchSize}{(ranks > 1 ? $" on {ranks} ranks" : "")}. Choose smaller batches, or Sampling.WithReplacement.",
                nameof(batchSize));
        }

        if (options.Labels is { } labels && (labels.dim() < 1 || labels.shape[0] != samples.shape[0]))
        {
            throw new ArgumentException(
                $"There are {samples.shape[0]} samples and labels of the shape {Text.Shape(labels)}; each sample needs one.",
                nameof(options));
        }
    }
}
