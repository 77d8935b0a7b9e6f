using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AdversarialKit.Benchmarks;

/// <summary>The other end of a <see cref="Worker"/>, or of its PyTorch counterpart.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(string name, Process process)
    {
        (Name, _process) = (name, process);
        Hello = Read<WorkerHello>();
    }

    /// <summary>This program.</summary>
    public static string Program { get; } = Path.ChangeExtension(typeof(ChildProcess).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);

    public string Name { get; }

    public WorkerHello Hello { get; }

    public static ChildProcess Start(string contender, Workload workload, int? threads) =>
        Start(contender, Program, ["worker", contender, workload.Name, Number(threads ?? 0)]);

    /// <summary>The same with an environment variable, under a name of its own.</summary>
    public static ChildProcess Start(string name, string contender, Workload workload, int? threads, (string Name, string Value) variable)
    {
        var start = StartInfo(Program, ["worker", contender, workload.Name, Number(threads ?? 0)]);
        start.Environment[variable.Name] = variable.Value;
        return new ChildProcess(name, Process.Start(start)!);
    }

    public static ChildProcess StartPyTorch(string python, Workload workload, int? threads) =>
        Start(Contender.PyTorch, python, [
            Path.Combine(AppContext.BaseDirectory, "pytorch_reference.py"),
            workload.Recipe.ToString().ToLowerInvariant(), Number(workload.Batch), Number(threads ?? 0)]);

    public RoundResult Run(int iterations)
    {
        _process.StandardInput.WriteLine(Number(iterations));
        _process.StandardInput.Flush();
        return Read<RoundResult>();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static ChildProcess Start(string name, string program, IEnumerable<string> arguments) =>
        new(name, Process.Start(StartInfo(program, arguments))!);

    private static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments) =>
        new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private T Read<T>() => _process.StandardOutput.ReadLine() is { } line
        ? JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web)!
        : throw new InvalidOperationException($"The process of {Contender.Title(Name)} ended early.");
}
