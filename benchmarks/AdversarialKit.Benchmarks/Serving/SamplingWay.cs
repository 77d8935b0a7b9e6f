using System.Diagnostics;

namespace AdversarialKit.Benchmarks;

/// <summary>A way to make samples: so many callers, each of which asks again and again.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Callers">How many threads ask.</param>
/// <param name="TorchThreads">Threads of torch within a caller's own operations.</param>
/// <param name="Samples">How many samples an ask makes.</param>
/// <param name="Ask">Makes them and lets go of them.</param>
internal sealed record SamplingWay(string Name, int Callers, int TorchThreads, int Samples, Action Ask)
{
    /// <summary>Samples per second, and per second of processors, which neighbours on the machine change little.</summary>
    public SamplingRate Measure(double seconds)
    {
        var made = 0L;
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var callers = Enumerable.Range(0, Callers).Select(_ => new Thread(() =>
        {
            set_num_threads(TorchThreads);
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                Ask();
                Interlocked.Add(ref made, Samples);
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        process.Refresh();
        return new SamplingRate(made / clock.Elapsed.TotalSeconds, made / (process.TotalProcessorTime - before).TotalSeconds);
    }
}
