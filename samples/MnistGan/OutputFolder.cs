namespace MnistGan;

/// <summary>The folder that gets what is made.</summary>
internal static class OutputFolder
{
    /// <summary>The name of the file that <c>--onnx</c> asks for.</summary>
    public const string OnnxName = "generator.onnx";

    /// <summary>Where the sheets go; created where missing.</summary>
    public static string Sheets(Options options) => Directory.CreateDirectory(Path.Combine(options.OutputFolder, "images")).FullName;

    /// <summary>Where checkpoints go, and where <c>--resume</c> without a name looks for them.</summary>
    public static string Checkpoints(string folder) => Path.Combine(folder, "checkpoints");

    /// <summary>Creates the folder where missing and writes a probe, so that a run of an hour does not fail at its first sheet.</summary>
    /// <exception cref="UserErrorException">Nothing can be written there.</exception>
    public static void Prepare(string folder)
    {
        if (File.Exists(folder))
        {
            throw new UserErrorException($"--out '{folder}' is a file; name a folder.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new ReplacingFile(Path.Combine(folder, "probe"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--out '{folder}' cannot be written to ({error.Message.TrimEnd('.')}); name another folder.", error);
        }
    }
}
