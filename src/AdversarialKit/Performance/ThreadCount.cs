using System.Globalization;

namespace AdversarialKit;

/// <summary>Finds the number of threads by halving it as long as that pays.</summary>
/// <param name="measure">Measures the time of the second by that of the first, as <see cref="PairedTiming.Ratio"/> does.</param>
internal sealed class ThreadCount(Func<Action, Action, double> measure) : ITuningLever
{
    private const double NeededRatio = 0.75;
    private const int RunsAfterChange = 3;

    private static readonly string[] _variables = ["OMP_NUM_THREADS", "MKL_NUM_THREADS"];

    private int _before;

    public TuningOutcome Pull()
    {
        if (Array.Find(_variables, name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))) is { } variable)
        {
            return Unchanged($"The number of threads stays as the environment variable {variable} sets it.");
        }

        var count = get_num_threads();
        if (count == 1)
        {
            return Unchanged("The number of threads stays 1.");
        }

        using var probe = new ProductProbe();
        var (best, ratio) = (count, 1.0);
        var nextRatio = Ratio(probe, best, best / 2);
        while (nextRatio <= NeededRatio)
        {
            (best, ratio) = (best / 2, ratio * nextRatio);
            nextRatio = best == 1 ? double.PositiveInfinity : Ratio(probe, best, best / 2);
        }

        return best == count
            ? Unchanged(string.Create(CultureInfo.InvariantCulture, $"The number of threads stays {count}: {count / 2} would take {nextRatio:0.00} of the time."))
            : Change(count, best, ratio);
    }

    public void Release()
    {
        if (_before > 0)
        {
            set_num_threads(_before);
            _before = 0;
        }
    }

    private TuningOutcome Change(int count, int best, double ratio)
    {
        _before = count;
        set_num_threads(best);
        return new TuningOutcome(TuningSetting.Threads, true, string.Create(
            CultureInfo.InvariantCulture, $"Operations take {best} instead of {count} threads, and {ratio:0.00} of the time."), 1 / ratio);
    }

    private static TuningOutcome Unchanged(string reason) => new(TuningSetting.Threads, false, reason);

    private double Ratio(ProductProbe probe, int now, int other)
    {
        try
        {
            return measure(() => Run(probe, now), () => Run(probe, other));
        }
        finally
        {
            set_num_threads(now);
        }
    }

    // Several runs, since the first one after a change wakes or parks threads.
    private static void Run(ProductProbe probe, int threads)
    {
        set_num_threads(threads);
        for (var i = 0; i < RunsAfterChange; i++)
        {
            probe.Run();
        }
    }
}
