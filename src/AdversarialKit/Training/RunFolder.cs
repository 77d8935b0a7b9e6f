namespace AdversarialKit;

/// <summary>The folder that a run writes into, kept for it: two runs that write the same checkpoints and sheets spoil both.</summary>
/// <remarks>
/// <code>
/// using var folder = RunFolder.Keep("runs/first");
/// </code>
/// </remarks>
public sealed class RunFolder : IDisposable
{
    private const string LockName = ".run.lock";

    // What the systems call a file that another process has locked.
    private const int LinuxHeld = 11;
    private const int MacHeld = 35;
    private const int WindowsHeld = unchecked((int)0x80070020);

    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>Where it is, in full.</summary>
    public string Path { get; }

    /// <summary>
    /// Makes the folder where missing, keeps it, and thereby finds out whether it can be written to, so that a run of an hour does not fail at its
    /// first file. The system lets go of it when the process dies.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <returns>What keeps it until it is disposed.</returns>
    /// <exception cref="IOException">It is a file, nothing can be written there, or another run has it.</exception>
    public static RunFolder Keep(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            throw new IOException($"'{path}' is a file, and a folder for a run is needed; name a folder.");
        }

        try
        {
            var full = Directory.CreateDirectory(path).FullName;
            return new RunFolder(full, new FileStream(System.IO.Path.Combine(full, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (error.HResult is LinuxHeld or MacHeld or WindowsHeld)
        {
            throw new IOException($"The folder '{path}' belongs to a run that has not ended; wait for it, or name another folder.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder '{path}' cannot be written to ({error.Message.TrimEnd('.')}); name another folder.", error);
        }
    }

    /// <summary>Lets go of the folder; what is in it remains.</summary>
    public void Dispose() => _lock.Dispose();
}
