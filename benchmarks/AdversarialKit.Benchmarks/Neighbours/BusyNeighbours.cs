using System.Diagnostics;

namespace AdversarialKit.Benchmarks;

/// <summary>One busy thread of another process for each core, to be turned on and off.</summary>
internal sealed class BusyNeighbours : IDisposable
{
    private readonly List<Process> _processes = [];

    public BusyNeighbours()
    {
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            _processes.Add(Process.Start(new ProcessStartInfo(ChildProcess.Program, ["busy"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
        }
    }

    public int Count => _processes.Count;

    /// <summary>Lets them work until the work is done.</summary>
    public void During(Action work)
    {
        Turn();
        try
        {
            work();
        }
        finally
        {
            Turn();
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                process.Kill();
            }

            process.Dispose();
        }
    }

    private void Turn()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.WriteLine();
            process.StandardInput.Flush();
        }

        _processes.ForEach(process => process.StandardOutput.ReadLine());
    }
}
