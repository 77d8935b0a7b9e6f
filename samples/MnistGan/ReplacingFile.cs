namespace MnistGan;

/// <summary>
/// A file written under a temporary name and renamed when complete, so that a stop in the middle leaves either the
/// old file or the whole new one.
/// </summary>
internal sealed class ReplacingFile : IDisposable
{
    private bool _complete;

    public ReplacingFile(string path)
    {
        TargetPath = path;
        TemporaryPath = $"{path}.{Environment.ProcessId}.tmp";
        Stream = File.Create(TemporaryPath);
    }

    /// <summary>The name that the file gets in the end.</summary>
    public string TargetPath { get; }

    /// <summary>The name that it has until then.</summary>
    public string TemporaryPath { get; }

    /// <summary>Where its content goes.</summary>
    public FileStream Stream { get; }

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        Stream.Dispose();
        File.Move(TemporaryPath, TargetPath, overwrite: true);
        _complete = true;
    }

    /// <summary>Removes what was written unless it was completed.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_complete)
        {
            File.Delete(TemporaryPath);
        }
    }
}
