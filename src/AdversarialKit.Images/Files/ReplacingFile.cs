using System.Text.RegularExpressions;

namespace AdversarialKit;

/// <summary>
/// A file written under a temporary name and renamed when complete, so that a stop in the middle leaves either the
/// old file or the whole new one.
/// </summary>
internal sealed partial class ReplacingFile : IDisposable
{
    // Longer than it takes from making a file to holding it.
    private static readonly TimeSpan _youth = TimeSpan.FromSeconds(10);

    private bool _complete;

    public ReplacingFile(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        SweepDead(folder);
        TargetPath = path;
        TemporaryPath = Path.Combine(folder, $".adversarialkit-{Guid.NewGuid():N}.tmp");

        // Others may rename it but not open it for writing: so they see that its writer lives.
        Stream = new FileStream(TemporaryPath, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
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

    /// <summary>Deletes what killed writers left here: what bears such a name, is held by nobody, and is not so young that somebody may be about to.</summary>
    private static void SweepDead(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, ".adversarialkit-*.tmp").Where(path => TemporaryName().IsMatch(Path.GetFileName(path))))
        {
            try
            {
                if (new FileInfo(path) is { LinkTarget: null } file && DateTime.UtcNow - file.LastWriteTimeUtc > _youth)
                {
                    new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                    file.Delete();
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody writes it just now, or it is not ours to delete.
            }
        }
    }

    [GeneratedRegex(@"^\.adversarialkit-[0-9a-f]{32}\.tmp\z", RegexOptions.CultureInvariant)]
    private static partial Regex TemporaryName();
}
