using System.Text.RegularExpressions;

namespace AdversarialKit;

/// <summary>The names of what is being written and not yet in its place, and the sweeping of what dead writers left.</summary>
internal static partial class TemporaryFile
{
    // Longer than any writer needs from making a file to holding it.
    private static readonly TimeSpan _youth = TimeSpan.FromSeconds(10);

    public static string NewName() => $".adversarialkit-{Guid.NewGuid():N}.tmp";

    public static bool IsName(string name) => Pattern().IsMatch(name);

    /// <summary>Makes a file that others may rename and delete but not open for writing, which is how they see that its writer lives.</summary>
    public static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);

    /// <summary>
    /// Deletes the files here that a dead writer left: they bear a temporary's name, nobody holds them, and they are not so
    /// young that somebody may be about to. Everything else stays, and what cannot be deleted waits for the next time.
    /// </summary>
    public static void SweepDead(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory, ".adversarialkit-*.tmp").Where(path => IsName(Path.GetFileName(path))))
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
    private static partial Regex Pattern();
}
