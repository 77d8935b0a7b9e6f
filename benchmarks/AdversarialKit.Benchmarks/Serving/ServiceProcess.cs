using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;

namespace AdversarialKit.Benchmarks;

/// <summary>The sample's service as a process of its own, with checkpoints of its own.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("adversarialkit-serve-").FullName;
    private readonly Process _process;

    public ServiceProcess(int iterations)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _folder };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "DigitService.dll"), "--urls", Address.ToString(), "--Digits:Iterations", iterations.ToString(CultureInfo.InvariantCulture), "--Digits:Drawn", "2000", "--Logging:LogLevel:Default", "Warning"])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
    }

    public Uri Address { get; }

    /// <summary>Of processors, since it began.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            lock (_process)
            {
                _process.Refresh();
                return _process.TotalProcessorTime;
            }
        }
    }

    public long ResidentBytes
    {
        get
        {
            lock (_process)
            {
                _process.Refresh();
                return _process.WorkingSet64;
            }
        }
    }

    /// <summary>Waits until nothing but answers takes its time.</summary>
    public async Task UntilTrained()
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            try
            {
                var status = await http.GetStringAsync(new Uri("status", UriKind.Relative));
                if (status.Contains("\"training\":false", StringComparison.Ordinal) && !status.Contains("\"iteration\":null", StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited && clock.Elapsed < TimeSpan.FromMinutes(10))
            {
                // It has not begun to listen yet.
            }
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
