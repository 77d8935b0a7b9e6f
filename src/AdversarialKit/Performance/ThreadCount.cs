using System.Globalization;

namespace AdversarialKit;

/// <summary>Finds the number of threads by halving it as long as that pays.</summary>
/// <param name="measure">Measures the time of the second by that of the first, as <see cref="PairedTiming.Ratio"/> does.</param>
internal sealed class ThreadCount(Func<Action, Action, double> measure) : ITuningLever
{
    private const double NeededRatio = 0.75;
    private const int RunsAfterChange = 3;

    // More threads cost as much more processor time, and wait for each other where the machine is shared: a tenth is the least to gain by them.
    private const double LongestIteration = 1 / 0.9;

    private static readonly string[] _variables = ["OMP_NUM_THREADS", "MKL_NUM_THREADS"];

    private int _before;

    /// <summary>An iteration to choose by, of which nothing may be left when it returns; null: matrix products.</summary>
    public Action? Iteration { get; init; }

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

        if (Iteration is not null)
        {
            return Choose(count, Iteration, LongestIteration);
        }

        using var probe = new ProductProbe();
        return Choose(count, () => RunSeveral(probe), NeededRatio);
    }

    public void Release()
    {
        if (_before > 0)
        {
            set_num_threads(_before);
            _before = 0;
        }
    }

    // Ratios are to the time of the first number; the fewest threads win whose time is within the limit of the best.
    private TuningOutcome Choose(int count, Action work, double limit)
    {
        var (chosen, ratio, best) = (count, 1.0, 1.0);
        var next = Ratio(work, chosen, chosen / 2);
        while (ratio * next <= limit * best)
        {
            (chosen, ratio) = (chosen / 2, ratio * next);
            best = Math.Min(best, ratio);
            next = chosen == 1 ? double.PositiveInfinity : Ratio(work, chosen, chosen / 2);
        }

        return chosen == count ? Unchanged(Kept(count, next)) : Change(count, chosen, ratio);
    }

    private TuningOutcome Change(int count, int chosen, double ratio)
    {
        _before = count;
        set_num_threads(chosen);
        var subject = Iteration is null ? "Operations take" : "An iteration takes";
        return new TuningOutcome(TuningSetting.Threads, true, string.Create(
            CultureInfo.InvariantCulture, $"{subject} {chosen} instead of {count} threads, and {ratio:0.00} of the time."), 1 / ratio);
    }

    private string Kept(int count, double next) => string.Create(
        CultureInfo.InvariantCulture,
        $"The number of threads stays {count}: {(Iteration is null ? "" : "an iteration on ")}{count / 2} would take {next:0.00} of the time.");

    private static TuningOutcome Unchanged(string reason) => new(TuningSetting.Threads, false, reason);

    private double Ratio(Action work, int now, int other)
    {
        try
        {
            return measure(() => Run(work, now), () => Run(work, other));
        }
        finally
        {
            set_num_threads(now);
        }
    }

    private static void Run(Action work, int threads)
    {
        set_num_threads(threads);
        work();
    }

    // The first run after a change wakes or parks threads.
    private static void RunSeveral(ProductProbe probe)
    {
        for (var i = 0; i < RunsAfterChange; i++)
        {
            probe.Run();
        }
    }
}
