namespace MnistGan;

/// <summary>The folder that gets what is made.</summary>
internal static class OutputFolder
{
    private const string LockName = ".mnistgan.lock";

    // What the systems call a file that another process has locked.
    private const int LinuxHeld = 11;
    private const int MacHeld = 35;
    private const int WindowsHeld = unchecked((int)0x80070020);

    /// <summary>The name of the file that <c>--onnx</c> asks for.</summary>
    public const string OnnxName = "generator.onnx";

    /// <summary>Where the sheets go; created where missing.</summary>
    public static string Sheets(Options options) => Directory.CreateDirectory(Path.Combine(options.OutputFolder, "images")).FullName;

    /// <summary>Where checkpoints go, and where <c>--resume</c> without a name looks for them.</summary>
    public static string Checkpoints(string folder) => Path.Combine(folder, "checkpoints");

    /// <summary>
    /// Creates the folder where missing, keeps it for this run, and writes a probe, so that a run of an hour does not fail at
    /// its first sheet.
    /// </summary>
    /// <returns>What keeps it; the system lets go of it when the process dies.</returns>
    /// <exception cref="UserErrorException">Nothing can be written there, or another run has it.</exception>
    public static IDisposable Prepare(string folder)
    {
        if (File.Exists(folder))
        {
            throw new UserErrorException($"--out '{folder}' is a file; name a folder.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            var kept = Keep(folder);
            using var probe = new ReplacingFile(Path.Combine(folder, "probe"));
            return kept;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--out '{folder}' cannot be written to ({error.Message.TrimEnd('.')}); name another folder.", error);
        }
    }

    private static FileStream Keep(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error.HResult is LinuxHeld or MacHeld or WindowsHeld)
        {
            throw new UserErrorException($"--out '{folder}' belongs to a run that has not ended; wait for it, or name another folder.", error);
        }
    }
}
