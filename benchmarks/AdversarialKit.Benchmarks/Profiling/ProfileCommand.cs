using System.Diagnostics;
using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Prints where an iteration's time goes, next to the time of its bare products.</summary>
internal static class ProfileCommand
{
    private const int WarmUp = 50;

    public static int Run(IReadOnlyList<Workload> workloads, double seconds, int? threads)
    {
        if (threads is { } count)
        {
            set_num_threads(count);
        }

        foreach (var workload in workloads)
        {
            if (workload.Recipe is Recipe.WganGp or Recipe.RpGan)
            {
                throw new ArgumentException($"'{workload.Name}' cannot be profiled: the profile knows one real batch and a loss without penalties.");
            }

            Profile(workload, seconds);
        }

        return 0;
    }

    private static void Profile(Workload workload, double seconds)
    {
        var timeline = new Timeline();
        using var loop = new ProfiledLoop(workload, timeline);
        using var products = new ProductsLoop(workload);
        Repeat(loop, WarmUp);
        timeline.Clear();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var faults = PageFaults();
        var iterations = 0;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; iterations++)
        {
            loop.Iterate();
        }

        faults = PageFaults() - faults;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Repeat(products, WarmUp);
        var bare = Stopwatch.GetTimestamp();
        Repeat(products, iterations);
        Print(workload, timeline, iterations, Stopwatch.GetElapsedTime(bare).TotalMilliseconds / iterations);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"An iteration allocates {allocated / 1e3 / iterations:0.0} managed KB and takes {(double)faults / iterations:0} page faults."));
    }

    private static void Repeat(ITrainingLoop loop, int times)
    {
        for (var i = 0; i < times; i++)
        {
            loop.Iterate();
        }
    }

    private static void Print(Workload workload, Timeline timeline, int iterations, double bare)
    {
        var total = timeline.Ticks.Values.Sum();
        Console.WriteLine($"\n{workload.Name}\n| where | ms | share |\n|---|---|---|");
        foreach (var phase in Phase.All)
        {
            Row(phase, timeline.Ticks.GetValueOrDefault(phase));
        }

        Row("all", total);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| for comparison: the bare products | {bare:0.000} | {100 * bare / Milliseconds(total):0.0} % |"));

        double Milliseconds(long ticks) => 1e3 * ticks / Stopwatch.Frequency / iterations;

        void Row(string name, long ticks) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {Milliseconds(ticks):0.000} | {100.0 * ticks / total:0.0} % |"));
    }

    // Field 10 of /proc/self/stat; the second one, the program's name, may hold spaces.
    private static long PageFaults()
    {
        const string Status = "/proc/self/stat";
        return File.Exists(Status)
            ? long.Parse(File.ReadAllText(Status).Split(')')[^1].Split(' ')[8], CultureInfo.InvariantCulture)
            : 0;
    }
}
