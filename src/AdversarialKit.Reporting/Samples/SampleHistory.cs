namespace AdversarialKit;

/// <summary>Samples through time, evenly spaced however long the run: when there are too many, every other one goes.</summary>
/// <param name="samples">What is shown.</param>
/// <param name="interval">Every how many iterations at first; 0: a twentieth of the run.</param>
internal sealed class SampleHistory(FixedSamples samples, long interval)
{
    public const int Capacity = 24;
    private const int ShowsOfARun = 20;
    private readonly List<SampleShow> _shows = [];
    private long? _tried;

    public IReadOnlyList<SampleShow> Shows => _shows;

    /// <summary>Every how many iterations samples are taken; 0 before it is known.</summary>
    public long Interval { get; private set; } = interval;

    /// <summary>Why samples could not be shown; null where they could.</summary>
    public string? Fault => samples.Fault;

    /// <summary>Whether samples are shown, and not images that the caller makes.</summary>
    public bool IsOfSamples => samples.AreSamples;

    /// <summary>Takes up what an earlier part of the run has shown, as far as a run that goes on from here keeps it.</summary>
    public void Restore(IReadOnlyList<SampleShow> earlier, long spacing, long iteration)
    {
        Interval = Math.Max(Interval, spacing);
        _shows.AddRange(earlier.TakeLast(Capacity));
        Forget(iteration);
    }

    /// <summary>Forgets what was shown after an iteration, and a last show out of turn, as one at the end of an earlier part is.</summary>
    public void Forget(long iteration)
    {
        _shows.RemoveAll(show => show.Iteration > iteration);
        if (_shows.Count > 1 && _shows[^1].Iteration - _shows[^2].Iteration < Interval)
        {
            _shows.RemoveAt(_shows.Count - 1);
        }

        _tried = _shows.Count > 0 ? _shows[^1].Iteration : null;
    }

    /// <summary>Takes a show if there is none yet or one is due.</summary>
    public void Begin(AdversarialSystem system)
    {
        if (_tried is not { } last || (Interval > 0 && system.Iteration - last >= Interval))
        {
            Take(system);
        }
    }

    /// <summary>Takes a show if one is due.</summary>
    public void Observe(AdversarialSystem system, long totalIterations)
    {
        if (Interval == 0 && system.Iteration > 0)
        {
            Interval = Math.Max(1, totalIterations / ShowsOfARun);
        }

        Begin(system);
    }

    /// <summary>Takes a show of the end, unless the last one is of it already.</summary>
    public void Close(AdversarialSystem system)
    {
        if (_tried != system.Iteration)
        {
            Take(system);
        }
    }

    private void Take(AdversarialSystem system)
    {
        _tried = system.Iteration;
        if (samples.Take(system) is not { } show)
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

        Interval *= 2;
    }
}
