using System.Diagnostics;

namespace AdversarialKit;

/// <summary>
/// What goes on, for work that takes seconds: one line that is written over on a terminal, a line every ten seconds
/// elsewhere.
/// </summary>
/// <param name="output">Where lines go. Remains the caller's.</param>
/// <param name="isTerminal">Whether a line can be written over, such as <c>!Console.IsOutputRedirected</c>.</param>
public sealed class StatusLine(TextWriter output, bool isTerminal) : IProgress<JudgeProgress>, IProgress<MnistDownloadProgress>
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

    /// <summary>Shows what a judge is at; for <see cref="PictureJudgeOptions.Progress"/>.</summary>
    /// <param name="value">What, and how far.</param>
    public void Report(JudgeProgress value) => Show(FormattableString.Invariant($"{value.Work}: {100 * value.Share:F0} %"));

    /// <summary>Shows how a file arrives, on a terminal only, and leaves a line when it is there; for <see cref="MnistDownloadOptions.Progress"/>.</summary>
    /// <param name="value">Which file, and how far.</param>
    public void Report(MnistDownloadProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.IsDone)
        {
            Done($"Downloaded {value.Address} to {value.Folder}");
        }
        else if (isTerminal)
        {
            var size = value.Size is { } bytes ? FormattableString.Invariant($" of {bytes / 1e6:F1} MB") : "";
            Show(FormattableString.Invariant($"Downloading {value.Address.Segments[^1]} from {value.Address.Host}: {value.Received / 1e6:F1} MB{size}"));
        }
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
