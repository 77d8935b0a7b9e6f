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

    /// <summary>The same, with variables of the caller's.</summary>
    public static LaunchResult RunIn(IEnumerable<(string Name, string Value)> variables, string launcher, int ranks, params string[] arguments)
    {
        using var run = new LaunchedRun(With(variables, Ranks(launcher, ranks, This(arguments))));
        return run.Wait();
    }

    public static LaunchedRun Start(string launcher, int ranks, params string[] arguments) => new(Ranks(launcher, ranks, This(arguments)));

    /// <summary>Runs a scenario in one process, with variables of the caller's.</summary>
    public static LaunchResult RunAlone(IEnumerable<(string Name, string Value)> variables, params string[] arguments)
    {
        using var run = new LaunchedRun(With(variables, Process("dotnet", [.. This(arguments).Skip(1)])));
        return run.Wait();
    }

    /// <summary>Runs another program to its end.</summary>
    public static LaunchResult RunOther(string launcher, int ranks, params string[] program)
    {
        using var run = new LaunchedRun(Ranks(launcher, ranks, program));
        return run.Wait();
    }

    private static string[] This(string[] arguments) => ["dotnet", typeof(Launcher).Assembly.Location, .. arguments];

    // As many as one likes on as few processors as there are, and none bound to one.
    private static ProcessStartInfo Ranks(string launcher, int ranks, IEnumerable<string> program)
    {
        string[] options = launcher == OpenMpi ? ["--oversubscribe", "--bind-to", "none"] : [];
        return Process(launcher, [.. options, "-n", $"{ranks}", .. program]);
    }

    private static ProcessStartInfo With(IEnumerable<(string Name, string Value)> variables, ProcessStartInfo start)
    {
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
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
