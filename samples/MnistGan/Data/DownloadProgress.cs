namespace MnistGan;

/// <summary>One line that is written over while a file arrives; nothing where lines cannot be written over.</summary>
internal sealed class DownloadProgress(Surroundings around, Uri address, long? size) : IDisposable
{
    private const long Step = 250_000;

    private long _next;
    private int _width;

    public void Report(long received)
    {
        if (!around.OutputIsTerminal || received < _next)
        {
            return;
        }

        _next = received + Step;
        var total = size is { } bytes ? $" of {Wording.Megabytes(bytes)}" : "";
        var line = $"Downloading {address.Segments[^1]} from {address.Host}: {Wording.Megabytes(received)}{total}";
        around.Output.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            around.Output.Write($"\r{new string(' ', _width)}\r");
        }
    }
}
