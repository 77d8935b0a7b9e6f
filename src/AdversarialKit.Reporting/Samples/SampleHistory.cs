namespace AdversarialKit;

/// <summary>Samples through time, evenly spaced however long the run: when there are too many, every other one goes.</summary>
/// <param name="samples">What is shown.</param>
/// <param name="interval">Every how many iterations at first; 0: a twentieth of the run.</param>
internal sealed class SampleHistory(FixedSamples samples, long interval)
{
    public const int Capacity = 24;
    private const int ShowsOfARun = 20;
    private readonly List<SampleShow> _shows = [];
    private long _interval = interval;

    public IReadOnlyList<SampleShow> Shows => _shows;

    /// <summary>Takes a show if one is due.</summary>
    public void Observe(Gan gan, long totalIterations)
    {
        if (_interval == 0 && gan.Iteration > 0)
        {
            _interval = Math.Max(1, totalIterations / ShowsOfARun);
        }

        if (_shows.Count == 0 || gan.Iteration - _shows[^1].Iteration >= _interval)
        {
            Take(gan);
        }
    }

    /// <summary>Takes a show of the end, unless the last one is of it already.</summary>
    public void Close(Gan gan)
    {
        if (_shows.Count == 0 || _shows[^1].Iteration != gan.Iteration)
        {
            Take(gan);
        }
    }

    private void Take(Gan gan)
    {
        if (samples.Take(gan) is not { } show)
        {
            return;
        }

        if (_shows.Count == Capacity)
        {
            Thin();
        }

        _shows.Add(show);
    }

    private void Thin()
    {
        for (var i = _shows.Count - 1; i > 0; i--)
        {
            if (i % 2 == 1)
            {
                _shows.RemoveAt(i);
            }
        }

        _interval *= 2;
    }
}
