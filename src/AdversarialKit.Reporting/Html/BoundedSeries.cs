namespace AdversarialKit;

/// <summary>
/// A curve in bounded memory: when it is full, neighbouring buckets become one, which keeps their extremes and their
/// mean. A spike of one iteration in a million stays visible.
/// </summary>
internal sealed class BoundedSeries
{
    public const int Capacity = 1_000;
    private readonly List<SeriesBucket> _buckets = [];
    private int _pointsPerBucket = 1;

    public IReadOnlyList<SeriesBucket> Buckets => _buckets;

    /// <summary>How many points a full bucket holds: a power of two.</summary>
    public int PointsPerBucket => _pointsPerBucket;

    /// <summary>Puts what was before in front of what is there.</summary>
    public void Restore(IEnumerable<SeriesBucket> earlier, int pointsPerBucket)
    {
        var later = _buckets.ToArray();
        _buckets.Clear();
        _buckets.AddRange(earlier);
        _pointsPerBucket = pointsPerBucket;
        foreach (var point in later)
        {
            Add(point);
        }
    }

    /// <summary>Forgets all buckets that reach beyond an iteration.</summary>
    public void Forget(long iteration) => _buckets.RemoveAll(bucket => bucket.Last > iteration);

    /// <summary>Adds a point to the end; one that is not finite is left out.</summary>
    public void Add(long iteration, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        Add(SeriesBucket.Of(iteration, value));
    }

    private void Add(SeriesBucket point)
    {
        if (_buckets.Count > 0 && _buckets[^1].Count < _pointsPerBucket)
        {
            _buckets[^1] = _buckets[^1].With(point);
            return;
        }

        if (_buckets.Count == Capacity)
        {
            Halve();
        }

        _buckets.Add(point);
    }

    private void Halve()
    {
        for (var i = 0; i < Capacity / 2; i++)
        {
            _buckets[i] = _buckets[2 * i].With(_buckets[(2 * i) + 1]);
        }

        _buckets.RemoveRange(Capacity / 2, Capacity / 2);
        _pointsPerBucket *= 2;
    }
}
