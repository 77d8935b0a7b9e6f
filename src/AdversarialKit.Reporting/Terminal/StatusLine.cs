using System.Diagnostics;

namespace AdversarialKit;

/// <summary>
/// What goes on, for work that takes seconds: one line that is written over on a terminal, a line every ten seconds
/// elsewhere.
/// </summary>
/// <param name="output">Where lines go. Remains the caller's.</param>
/// <param name="isTerminal">Whether a line can be written over, such as <c>!Console.IsOutputRedirected</c>.</param>
public sealed class StatusLine(TextWriter output, bool isTerminal)
{
    private static readonly TimeSpan _terminalPause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan _logPause = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _sinceLast = new();
    private int _width;

    /// <summary>Shows how far the work is; most calls do nothing, so it may be called as often as one likes.</summary>
    /// <param name="text">One line.</param>
    public void Show(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_sinceLast.IsRunning && _sinceLast.Elapsed < (isTerminal ? _terminalPause : _logPause))
        {
            return;
        }

        _sinceLast.Restart();
        if (!isTerminal)
        {
            output.WriteLine(text);
            return;
        }

        output.Write($"\r{text.PadRight(_width)}");
        _width = text.Length;
    }

    /// <summary>Replaces the line by one that stays.</summary>
    /// <param name="text">One line.</param>
    public void Done(string text)
    {
        Clear();
        output.WriteLine(text);
    }

    /// <summary>Removes the line.</summary>
    public void Clear()
    {
        if (_width > 0)
        {
            output.Write($"\r{new string(' ', _width)}\r");
        }

        _width = 0;
        _sinceLast.Reset();
    }
}
