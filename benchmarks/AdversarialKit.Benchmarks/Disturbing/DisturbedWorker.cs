using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AdversarialKit.Benchmarks;

/// <summary>The child process of one row: what goes wrong may end it.</summary>
internal static class DisturbedWorker
{
    private const int WarmUp = 50;

    public static int Run(DisturbedWork work, Disturbance disturbance, int iterations)
    {
        set_num_threads(1);
        random.manual_seed(1);
        using var loop = Create(work);
        using var process = Process.GetCurrentProcess();
        for (var i = 0; i < WarmUp; i++)
        {
            loop.Iterate();
        }

        var (failures, examples, collections) = (0, new SortedSet<string>(StringComparer.Ordinal), GC.CollectionCount(0));
        var (start, processor) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        using (new Disturber(disturbance))
        {
            for (var i = WarmUp; i < iterations; i++)
            {
                try
                {
                    loop.Iterate();
                }
                catch (Exception exception) when (exception is ExternalException or InvalidOperationException or ArgumentException)
                {
                    failures++;
                    examples.Add(exception.Message.Split('\n')[0]);
                }
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        Console.Out.WriteLine(JsonSerializer.Serialize(
            new DisturbedResult(
                failures, [.. examples.Take(3)], loop.Digest(), GC.CollectionCount(0) - collections, elapsed,
                (process.TotalProcessorTime - processor).TotalSeconds, NativeTorch.IsMended),
            JsonSerializerOptions.Web));
        return 0;
    }

    private static IDisturbedLoop Create(DisturbedWork work) => work switch
    {
        DisturbedWork.Dense => GanLoop.Dense(),
        DisturbedWork.Convolutional => GanLoop.Convolutional(),
        _ => new UnscopedLoop(),
    };
}
