using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdversarialKit.Tests.Samples;

/// <summary>Takes what OpenTelemetry sends over HTTP, as a collector does.</summary>
internal sealed class TelemetryCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _bodies = new();

    public TelemetryCollector()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = Take();
    }

    public string Address { get; }

    /// <summary>Whether the name of an instrument comes within a minute. It stands in the message as it is.</summary>
    public async Task<bool> Heard(string name)
    {
        for (var i = 0; i < 600; i++, await Task.Delay(100))
        {
            if (_bodies.Any(body => body.Contains(name, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _listener.Close();

    private async Task Take()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _bodies.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
                context.Response.Close();
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
