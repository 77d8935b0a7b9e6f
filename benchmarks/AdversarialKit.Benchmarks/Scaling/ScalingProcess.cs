using System.Diagnostics;
using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Starts what is measured, with or without a launcher, and reads the line that it prints.</summary>
internal static class ScalingProcess
{
    /// <summary>One of this program's own commands.</summary>
    public static string[] Command(params string[] arguments) => ["dotnet", typeof(ScalingProcess).Assembly.Location, .. arguments];

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The program and its arguments, perhaps behind a launcher.</param>
    /// <param name="mark">Begins the line.</param>
    /// <param name="threads">Threads of each process.</param>
    /// <returns>What stands behind the mark.</returns>
    /// <exception cref="InvalidOperationException">No such line came.</exception>
    public static string Run(string[] command, string mark, int threads)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment["TERM"] = "dumb";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Array.Find(output.Split('\n'), line => line.StartsWith(mark, StringComparison.Ordinal)) is { } line
            ? line[mark.Length..]
            : throw new InvalidOperationException($"'{string.Join(' ', command)}' measured nothing: exit code {process.ExitCode}. {output}");
    }
}
