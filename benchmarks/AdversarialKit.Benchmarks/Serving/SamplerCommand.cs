using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Compares many callers of a sampler with one thread that makes large batches.</summary>
internal static class SamplerCommand
{
    public static int Run(SamplerOptions options)
    {
        using var _ = TorchTuning.Apply(new TorchTuningOptions { Threads = false, Float32Products = false });
        Console.WriteLine(Machine.Describe());
        using var ways = new SamplingWays(options.Workload);
        Console.WriteLine($"{options.Workload.Name}'s generator; requests share {ways.Shared}");
        var table = new StringWriter();
        table.WriteLine("| samples per request | way | samples/s | of one thread's large batch | samples per processor second | of one thread's large batch |");
        table.WriteLine("|---|---|---|---|---|---|");
        foreach (var size in options.Sizes)
        {
            Compare(options, ways.All(size), size, table);
        }

        Console.Write(table);
        return 0;
    }

    private static void Compare(SamplerOptions options, IReadOnlyList<SamplingWay> ways, int size, StringWriter table)
    {
        var rates = ways.ToDictionary(way => way, _ => new List<SamplingRate>());
        foreach (var way in ways)
        {
            way.Measure(options.Seconds / 4);
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            // In turns, since neighbours on the machine come and go.
            foreach (var way in round % 2 == 0 ? ways : ways.Reverse())
            {
                rates[way].Add(way.Measure(options.Seconds));
            }
        }

        foreach (var way in ways)
        {
            var (wall, processors) = (Column(way, rate => rate.PerSecond), Column(way, rate => rate.PerProcessorSecond));
            table.WriteLine($"| {size} | {way.Name} | {wall} | {processors} |");
        }

        string Column(SamplingWay way, Func<SamplingRate, double> of)
        {
            var ratio = Statistics.Median(rates[way].Zip(rates[ways[0]], (rate, first) => of(rate) / of(first)));
            return string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(rates[way].Select(of)):0} | {ratio:0.00}");
        }
    }
}
