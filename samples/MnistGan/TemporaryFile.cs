using System.Text.RegularExpressions;

namespace MnistGan;

/// <summary>The names of files that are being written, and the sweeping of those that killed runs left.</summary>
internal static partial class TemporaryFile
{
    // Longer than it takes from making a file to holding it.
    private static readonly TimeSpan _youth = TimeSpan.FromSeconds(10);

    public static string NewName() => $".mnistgan-{Guid.NewGuid():N}.tmp";

    /// <summary>Makes a file that others may rename but not open for writing: so they see that its writer lives.</summary>
    public static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);

    /// <summary>Deletes what bears such a name here, is held by nobody, and is not so young that somebody may be about to.</summary>
    public static void SweepDead(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, ".mnistgan-*.tmp").Where(path => Pattern().IsMatch(Path.GetFileName(path))))
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

    [GeneratedRegex(@"^\.mnistgan-[0-9a-f]{32}\.tmp\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
