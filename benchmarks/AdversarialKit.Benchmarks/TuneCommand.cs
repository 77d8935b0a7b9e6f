using System.Diagnostics;
using System.Globalization;

namespace AdversarialKit.Benchmarks;

internal static class TuneCommand
{
    public static int Run(int? threads)
    {
        if (threads is { } count)
        {
            set_num_threads(count);
        }

        using (zeros(1))
        {
            var start = Stopwatch.GetTimestamp();
            using var tuning = TorchTuning.Apply(new TorchTuningOptions { Threads = threads is null });
            Console.WriteLine(tuning);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s"));
        }

        return 0;
    }
}
