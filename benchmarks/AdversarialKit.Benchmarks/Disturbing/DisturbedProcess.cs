using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AdversarialKit.Benchmarks;

/// <summary>Runs a <see cref="DisturbedWorker"/> in a process of its own.</summary>
internal static class DisturbedProcess
{
    /// <summary>The row's result; the process's death counts as one failure more.</summary>
    /// <remarks>The folder is where the program lies: this one, or one with another TorchSharp.dll.</remarks>
    public static DisturbedResult Run(string folder, DisturbedWork work, Disturbance disturbance, int iterations)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            Path.Combine(folder, "AdversarialKit.Benchmarks.dll"), "disturb-worker", work.ToString(), disturbance.ToString(),
            iterations.ToString(CultureInfo.InvariantCulture),
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["DOTNET_gcServer"] = disturbance == Disturbance.Server ? "1" : "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<DisturbedResult>(output, JsonSerializerOptions.Web)!
            : new DisturbedResult(1, [$"The process ended with {process.ExitCode}. {errors.Result.Split('\n')[0]}".Trim()], "", 0, 0, 0, false);
    }
}
