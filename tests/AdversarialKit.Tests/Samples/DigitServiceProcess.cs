using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AdversarialKit.Tests.Samples;

/// <summary>The service as a process of its own, in a folder that outlives it.</summary>
internal sealed class DigitServiceProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    public DigitServiceProcess(string folder, int iterations, params (string Name, string Value)[] environment)
    {
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{FreePort()}/"), Timeout = _patience };
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [
            Path.Combine(AppContext.BaseDirectory, "DigitService.dll"), "--urls", Client.BaseAddress.ToString(),
            "--Digits:Iterations", $"{iterations}", "--Digits:CheckpointInterval", "5", "--Digits:Drawn", "200"];
        Array.ForEach(arguments, start.ArgumentList.Add);
        Array.ForEach(environment, variable => start.Environment[variable.Name] = variable.Value);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Say(line.Data);
        _process.ErrorDataReceived += (_, line) => Say(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Waits until the status is as wanted.</summary>
    public async Task<JsonElement> Until(Func<JsonElement, bool> isSo)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            (_process.HasExited || clock.Elapsed > _patience).Should().BeFalse("the service was to come so far; it said {0}", Said);
            try
            {
                var status = JsonDocument.Parse(await Client.GetStringAsync(new Uri("status", UriKind.Relative))).RootElement;
                if (isSo(status))
                {
                    return status;
                }
            }
            catch (HttpRequestException)
            {
                // It has not begun to listen yet.
            }
        }
    }

    public Task<JsonElement> UntilTrained() => Until(status => Iteration(status) > 0 && !status.GetProperty("training").GetBoolean());

    public static long Iteration(JsonElement status) => status.GetProperty("iteration") is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : 0;

    public Task<byte[]> Bytes(string path) => Client.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    public async Task<(int Status, string Text)> Ask(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Asks it to stop, as a container's host does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-s", "TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(_patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        Client.Dispose();
    }

    private void Say(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
