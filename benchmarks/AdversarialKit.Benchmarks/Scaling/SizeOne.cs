using System.Diagnostics;
using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>What a collective of one process costs: two GANs in one process, one built with it and one without, in turns.</summary>
internal static class SizeOne
{
    /// <summary>Begins the line with the result.</summary>
    public const string Mark = "size one:";

    private const int Turns = 40;

    /// <summary>Prints the median of the ratios of neighbouring turns.</summary>
    public static int Run(Workload workload, double seconds)
    {
        NativeTorch.EnsureLoaded();
        set_num_threads(1);
        random.manual_seed(1);
        using var collective = Collective.FromEnvironment();
        using var with = new LibraryLoop(workload, collective);
        using var without = new LibraryLoop(workload);
        _ = Time(with, 3) + Time(without, 3);
        var iterations = Math.Max(1, (int)(seconds / Turns / 2 / Time(without, 3)));
        var ratios = new List<double>();
        for (var turn = 0; turn < Turns; turn++)
        {
            // Whoever comes second finds warm caches: they change places at every turn.
            var (first, second) = turn % 2 == 0 ? (with, without) : (without, with);
            var (one, other) = (Time(first, iterations), Time(second, iterations));
            ratios.Add(turn % 2 == 0 ? one / other : other / one);
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Mark} {Statistics.Median(ratios):0.0000}"));
        return 0;
    }

    /// <summary>Seconds of an iteration.</summary>
    private static double Time(LibraryLoop loop, int iterations)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            loop.Iterate();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / iterations;
    }
}
