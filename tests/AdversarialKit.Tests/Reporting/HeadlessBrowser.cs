using System.Diagnostics;

namespace AdversarialKit.Tests.Reporting;

/// <summary>Chromium, if the machine has it.</summary>
internal static class HeadlessBrowser
{
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];

    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => _names.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Opens a file and returns the document as its script left it, and what the console was told.</summary>
    public static (string Document, string Console) Open(string browser, string file, string profile)
    {
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", $"--user-data-dir={profile}",
            "--enable-logging=stderr", "--virtual-time-budget=5000", "--window-size=1280,2000", "--dump-dom", new Uri(file).AbsoluteUri,
        ];
        using var process = Process.Start(new ProcessStartInfo(browser, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var document = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
        }

        var console = errors.Result.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal));
        return (document.Result, string.Join('\n', console));
    }
}
