using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace AdversarialKit.Tests.Performance;

/// <summary>A process of its own, in which torch is not loaded yet: this assembly, started as a program.</summary>
internal static class WaitingProcess
{
    /// <summary>The first argument.</summary>
    public const string Name = "waiting";

    private const int Operations = 150;

    /// <summary>The processor time in seconds of operations on two threads with pauses between, and what the tuning said.</summary>
    public static async Task<(double Seconds, string Said)> Run(bool applies, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AdversarialKit.Tests.dll"), Name, $"{applies}"])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        await process.WaitForExitAsync();
        return (double.Parse(lines[0], CultureInfo.InvariantCulture), lines[1]);
    }

    public static int Start(string[] args)
    {
        var tuning = bool.Parse(args[0])
            ? TorchTuning.Apply(new TorchTuningOptions { Allocator = false, Float32Products = false, Threads = false })
            : null;
        torch.set_num_threads(2);
        using var numbers = torch.zeros(1_000_000);
        numbers.add_(1);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < Operations; i++)
        {
            numbers.add_(1);
            Thread.Sleep(10);
        }

        process.Refresh();
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{(process.TotalProcessorTime - before).TotalSeconds:R}\n{tuning}"));
        return 0;
    }
}
