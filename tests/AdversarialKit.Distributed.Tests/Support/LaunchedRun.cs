using System.Diagnostics;
using System.Text;

namespace AdversarialKit.Tests.Distributed;

/// <summary>A start that is under way. Nothing of it is left when it is disposed.</summary>
internal sealed class LaunchedRun : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly long _start = Stopwatch.GetTimestamp();

    public LaunchedRun(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The lines of standard output so far.</summary>
    public string[] Lines()
    {
        lock (_output)
        {
            return _output.ToString().Split('\n');
        }
    }

    /// <summary>Waits for a line that begins with a word.</summary>
    public string WaitFor(string word)
    {
        while (Stopwatch.GetElapsedTime(_start) < Longest)
        {
            if (Array.Find(Lines(), line => line.StartsWith(word, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            if (_process.HasExited)
            {
                break;
            }

            Thread.Sleep(20);
        }

        throw new InvalidOperationException($"No line '{word}' came.\n{Wait().All}");
    }

    public LaunchResult Wait()
    {
        if (!_process.WaitForExit(Longest))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        return new LaunchResult(_process.ExitCode, _output.ToString(), _errors.ToString(), Stopwatch.GetElapsedTime(_start));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append('\n');
        }
    }
}
