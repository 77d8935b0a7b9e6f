using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Where a run takes place, as far as it bears on its figures. Nothing that tells who runs it.</summary>
internal static class ReportEnvironment
{
    private const string ProcessorList = "/proc/cpuinfo";

    public static IReadOnlyList<(string Name, string Value)> Describe(DateTime startedUtc) =>
    [
        ("Started", startedUtc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"),
        ("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
        ("Processor", $"{Processor()}, {System.Environment.ProcessorCount} logical"),
        ("Torch threads", get_num_threads().ToString(CultureInfo.InvariantCulture)),
        ("Runtime", RuntimeInformation.FrameworkDescription),
        ("TorchSharp", Version(typeof(torch).Assembly)),
        ("AdversarialKit", Version(typeof(Gan).Assembly)),
    ];

    private static string Processor()
    {
        try
        {
            const string Key = "model name";
            var line = OperatingSystem.IsLinux() ? File.ReadLines(ProcessorList).FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal)) : null;
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
                ?? System.Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
                ?? "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }

    /// <summary>The version without the commit behind its plus sign.</summary>
    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version?.ToString()
        ?? "unknown";
}
