namespace AdversarialKit;

/// <summary>
/// A file that one writer holds: another is refused, in this process or in any other. The system lets go of it when the
/// process dies, however it dies, so no lock is ever stale; the file itself stays and says nothing.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    // What the systems call a file that another handle has locked: Linux, macOS, Windows.
    private static readonly int[] _held = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; null where another writer holds it.</summary>
    /// <param name="path">The lock's own file, made where missing. Its directory must exist.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made.</exception>
    public static WriterLock? TryTake(string path)
    {
        try
        {
            return new WriterLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (_held.Contains(error.HResult))
        {
            return null;
        }
    }

    /// <summary>The lock of a file that readers may open meanwhile, and so cannot be locked itself: <c>.log.jsonl.lock</c>.</summary>
    public static string Beside(string path)
    {
        var file = new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        return Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.lock");
    }

    public void Dispose() => _file.Dispose();
}
