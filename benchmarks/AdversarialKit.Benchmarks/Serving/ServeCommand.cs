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
        var load = new ServiceLoad(service, options);
        await load.Run("warm-up", clients: 4, TimeSpan.FromSeconds(3));
        Console.WriteLine($"Requests of {options.Count} digits as PNG\n{LoadResult.Header}");
        var alone = await load.Run("a lone client", 1, TimeSpan.FromSeconds(options.AloneSeconds));
        Console.WriteLine(alone);
        var many = await load.Run($"{options.Clients} clients", options.Clients, TimeSpan.FromSeconds(options.Seconds));
        Console.WriteLine(many);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n| samples served | resident MiB of the service |\n|---|---|"));
        foreach (var (samples, bytes) in load.Memory)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {samples} | {bytes / 1048576.0:0.0} |"));
        }

        return alone.Failures + many.Failures == 0 ? 0 : 1;
    }
}
