using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Puts the sample's service under the load of many clients, beside what a lone one gets.</summary>
internal static class ServeCommand
{
    public static async Task<int> Run(ServeOptions options)
    {
        Console.WriteLine(Machine.Describe());
        using var service = new ServiceProcess(options.Iterations);
        await service.UntilTrained();
        var load = new ServiceLoad(service);
        await load.RunFor(TimeSpan.FromSeconds(3), "warm-up", clients: 4, options.Count);
        Console.WriteLine($"Digits as PNG, {options.Count} in a request and {ServeOptions.LargeCount} in a large one\n{LoadResult.Header}");
        var alone = await load.RunFor(TimeSpan.FromSeconds(options.AloneSeconds), "a lone client", 1, options.Count);
        Console.WriteLine(alone);
        var many = await load.RunFor(TimeSpan.FromSeconds(options.Seconds), $"{options.Clients} clients", options.Clients, options.Count);
        Console.WriteLine(many);
        var large = await load.RunUntil(ServeOptions.Samples, $"16 clients, large requests, {ServeOptions.Samples} samples", 16, ServeOptions.LargeCount);
        Console.WriteLine(large);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n| samples served | resident MiB of the service |\n|---|---|"));
        foreach (var (samples, bytes) in load.Memory)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {samples} | {bytes / 1048576.0:0.0} |"));
        }

        return alone.Failures + many.Failures + large.Failures == 0 ? 0 : 1;
    }
}
