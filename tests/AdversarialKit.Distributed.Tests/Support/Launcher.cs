using System.Diagnostics;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Starts this assembly under a launcher of MPI, a process for each rank.</summary>
internal static class Launcher
{
    public const string OpenMpi = "mpirun.openmpi";
    public const string Mpich = "mpiexec.mpich";

    /// <summary>Where a launcher lies; null where it is not installed.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs a scenario to its end.</summary>
    /// <param name="launcher">Which launcher.</param>
    /// <param name="ranks">How many processes.</param>
    /// <param name="arguments">The scenario and what it is given.</param>
    public static LaunchResult Run(string launcher, int ranks, params string[] arguments)
    {
        using var run = Start(launcher, ranks, arguments);
        return run.Wait();
    }

    public static LaunchedRun Start(string launcher, int ranks, params string[] arguments)
    {
        // As many as one likes on as few processors as there are, and none bound to one.
        string[] options = launcher == OpenMpi ? ["--oversubscribe", "--bind-to", "none"] : [];
        return new LaunchedRun(Process(launcher, [.. options, "-n", $"{ranks}", "dotnet", typeof(Launcher).Assembly.Location, .. arguments]));
    }

    /// <summary>Runs a scenario in one process, with variables of the caller's.</summary>
    public static LaunchResult RunAlone(IEnumerable<(string Name, string Value)> variables, params string[] arguments)
    {
        var start = Process("dotnet", [typeof(Launcher).Assembly.Location, .. arguments]);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var run = new LaunchedRun(start);
        return run.Wait();
    }

    private static ProcessStartInfo Process(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["TERM"] = "dumb";
        return start;
    }
}
