namespace AdversarialKit;

/// <summary>Holds a file that is there against a module.</summary>
internal static class Verification
{
    public static OnnxExportResult Run(string path, Subject subject)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        subject.Check();
        var model = Read(path);
        var runs = subject.Run();
        var deviation = Proof.Of(model, runs, $"'{path}'");
        return deviation <= OnnxExport.Tolerance
            ? new OnnxExportResult(path, model.Length, deviation, runs.Sum(run => run.Output.Samples))
            : throw new OnnxExportException(
                $"'{path}' does not hold this module: its results deviate from the module's by {Text.Number(deviation)}, and at most "
                + $"{Text.Number(OnnxExport.Tolerance)} is allowed. Write it anew with Save.");
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new OnnxExportException($"'{path}': The file could not be read. {error.Message}", error);
        }
    }
}
