using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AdversarialKit.Benchmarks;

/// <summary>
/// The child process of one contender: it answers each number of iterations on its input with one line of what they took.
/// Processes of their own keep allocator, product route and memory of the contenders apart.
/// </summary>
internal static class Worker
{
    public static int Run(string contender, Workload workload, int threads)
    {
        // Before anything of torch: it reads how its threads wait when it is loaded.
        using var tuning = Contender.IsTuned(contender)
            ? TorchTuning.Apply(new TorchTuningOptions { Waiting = contender != Contender.Spinning, Threads = threads == 0 && contender != Contender.Chosen })
            : null;
        if (threads > 0)
        {
            set_num_threads(threads);
        }

        random.manual_seed(1);
        using var loop = Contender.Create(contender, workload);
        if (contender == Contender.Chosen)
        {
            ((LibraryLoop)loop).ChooseThreads(tuning!);
        }

        Answer(new WorkerHello(
            $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, {get_num_threads().ToString(CultureInfo.InvariantCulture)} threads. {tuning}",
            (loop as ProductsLoop)?.FloatingPointOperations ?? 0));
        while (Console.In.ReadLine() is { Length: > 0 } line)
        {
            Answer(Measure(loop, int.Parse(line, CultureInfo.InvariantCulture)));
        }

        return 0;
    }

    private static RoundResult Measure(ITrainingLoop loop, int iterations)
    {
        using var process = Process.GetCurrentProcess();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var collections = GC.CollectionCount(2);
        var processor = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            loop.Iterate();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        return new RoundResult(
            elapsed.TotalSeconds / iterations,
            (process.TotalProcessorTime - processor).TotalSeconds / iterations,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / iterations,
            GC.CollectionCount(2) - collections,
            process.WorkingSet64);
    }

    private static void Answer<T>(T answer)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web));
        Console.Out.Flush();
    }
}
