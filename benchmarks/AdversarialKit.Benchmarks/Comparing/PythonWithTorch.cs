using System.ComponentModel;
using System.Diagnostics;

namespace AdversarialKit.Benchmarks;

/// <summary>Finds a Python that has torch.</summary>
internal static class PythonWithTorch
{
    public static string? Find(string? named) =>
        (named is null ? ["python3", "/usr/bin/python3", "python"] : new[] { named }).FirstOrDefault(HasTorch);

    private static bool HasTorch(string program)
    {
        try
        {
            var start = new ProcessStartInfo(program, ["-c", "import torch"]) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
