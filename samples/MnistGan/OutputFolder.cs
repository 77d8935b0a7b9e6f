namespace MnistGan;

/// <summary>The names in the folder that gets what is made.</summary>
internal static class OutputFolder
{
    public const string SamplesName = "samples.idx3-ubyte.gz";
    public const string BestName = "best.idx3-ubyte.gz";

    public static string Sheets(Options options) => Directory.CreateDirectory(Path.Combine(options.OutputFolder, "images")).FullName;
    public static string Report(Options options) => Path.Combine(options.OutputFolder, "report.html");
    public static string Checkpoints(string folder) => Path.Combine(folder, "checkpoints");

    /// <summary>Where the digits of a file of images stand, named as MNIST names its own; null where the name says no such thing.</summary>
    public static string? LabelsBeside(string path) => Path.GetFileName(path) is var name && name.Contains("idx3", StringComparison.Ordinal)
        ? Path.Combine(Path.GetDirectoryName(path) ?? "", name.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal))
        : null;
}
