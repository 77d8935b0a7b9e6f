using System.Diagnostics;
using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Shows that an iteration leaves nothing behind.</summary>
internal static class MemoryCommand
{
    private static readonly int[] _stations = [500, 1_000, 2_000, 5_000, 10_000, 20_000];

    public static int Run(Workload workload, int iterations, int? threads)
    {
        if (threads is { } count)
        {
            set_num_threads(count);
        }

        using var loop = new LibraryLoop(workload);
        var stations = _stations.Where(station => station < iterations).Append(iterations).ToHashSet();
        using var process = Process.GetCurrentProcess();
        var clock = Stopwatch.StartNew();
        Console.WriteLine($"{workload.Name}\n| iteration | live tensors | resident MiB | gen 0 | gen 1 | gen 2 | seconds |\n|---|---|---|---|---|---|---|");
        for (var iteration = 1; iteration <= iterations; iteration++)
        {
            loop.Iterate();
            if (stations.Contains(iteration))
            {
                process.Refresh();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {iteration} | {DisposeScopeManager.Statistics.ThreadTotalLiveCount} | {process.WorkingSet64 / 1048576.0:0.0} | {GC.CollectionCount(0)} | {GC.CollectionCount(1)} | {GC.CollectionCount(2)} | {clock.Elapsed.TotalSeconds:0} |"));
            }
        }

        return 0;
    }
}
