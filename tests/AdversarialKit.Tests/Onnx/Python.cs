using System.Diagnostics;

namespace AdversarialKit.Tests.Onnx;

/// <summary>Debian's Python with its packages python3-torch and python3-onnx, where they are installed.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    private static readonly Dictionary<string, bool> _modules = [];

    public static bool Has(string module)
    {
        if (!_modules.TryGetValue(module, out var has))
        {
            has = File.Exists(Program) && Start(["-c", $"import {module}"]).ExitCode == 0;
            _modules.Add(module, has);
        }

        return has;
    }

    /// <summary>Runs a script; what it prints comes back, and it must not fail.</summary>
    public static string Run(string script, params string[] arguments)
    {
        var (exitCode, output, error) = Start(["-c", script, .. arguments]);
        exitCode.Should().Be(0, error);
        return output.Trim();
    }

    private static (int ExitCode, string Output, string Error) Start(IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        return (process.ExitCode, output.Result, error.Result);
    }
}
