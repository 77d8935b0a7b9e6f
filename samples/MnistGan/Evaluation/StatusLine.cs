using System.Diagnostics;

namespace MnistGan;

/// <summary>
/// What goes on, for work that takes seconds: one line that is written over on a terminal, a line every ten seconds
/// elsewhere.
/// </summary>
internal sealed class StatusLine(Surroundings around)
{
    private static readonly TimeSpan _terminalPause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan _logPause = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _sinceLast = new();
    private int _width;

    /// <summary>Shows how far the work is; most calls do nothing.</summary>
    public void Show(string text)
    {
        if (_sinceLast.IsRunning && _sinceLast.Elapsed < (around.OutputIsTerminal ? _terminalPause : _logPause))
        {
            return;
        }

        _sinceLast.Restart();
        if (!around.OutputIsTerminal)
        {
            around.Output.WriteLine(text);
            return;
        }

        around.Output.Write($"\r{text.PadRight(_width)}");
        _width = text.Length;
    }

    /// <summary>Replaces the line by one that stays.</summary>
    public void Done(string text)
    {
        Clear();
        around.Output.WriteLine(text);
    }

    /// <summary>Removes the line.</summary>
    public void Clear()
    {
        if (_width > 0)
        {
            around.Output.Write($"\r{new string(' ', _width)}\r");
        }

        _width = 0;
        _sinceLast.Reset();
    }
}
