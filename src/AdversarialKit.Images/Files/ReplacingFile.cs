namespace AdversarialKit;

/// <summary>
/// A file written under a temporary name and renamed when complete, so that a stop in the middle leaves either the
/// old file or the whole new one.
/// </summary>
internal sealed class ReplacingFile : IDisposable
{
    private bool _complete;

    public ReplacingFile(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        TemporaryFile.SweepDead(folder);
        TargetPath = path;
        TemporaryPath = Path.Combine(folder, TemporaryFile.NewName());
        Stream = TemporaryFile.Create(TemporaryPath);
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
        if (Stream.CanWrite)
        {
            Stream.Flush(flushToDisk: true);
        }

        // While it is held, so that no other process takes it for a dead one's.
        File.Move(TemporaryPath, TargetPath, overwrite: true);
        _complete = true;
        Stream.Dispose();
    }

    /// <summary>Removes what was written unless it was completed.</summary>
    public void Dispose()
    {
        try
        {
            // Writes what is still in memory, and so throws where the disk is full.
            Stream.Dispose();
        }
        finally
        {
            if (!_complete)
            {
                File.Delete(TemporaryPath);
            }
        }
    }
}
