using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AdversarialKit.Tests.Reporting;

/// <summary>A tab of headless Chromium that a test acts in, by its DevTools protocol.</summary>
internal sealed class BrowserTab : IAsyncDisposable
{
    private readonly Process _browser;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private int _last;

    private BrowserTab(Process browser) => _browser = browser;

    /// <summary>Exceptions of the page's script, and what it wrote to the console.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<BrowserTab> Open(string browser, Uri page, string profile)
    {
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-dev-shm-usage", $"--user-data-dir={profile}", "--remote-debugging-port=0", page.AbsoluteUri,
        ];
        var tab = new BrowserTab(Process.Start(new ProcessStartInfo(browser, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!);
        var port = await tab.Port();
        using var http = new HttpClient();
        var target = await Find(http, port, page);
        await tab._socket.ConnectAsync(new Uri(target), CancellationToken.None);
        await tab.Call("Runtime.enable", new { });
        return tab;
    }

    /// <summary>The text that an expression gives.</summary>
    public async Task<string?> Evaluate(string expression)
    {
        var answer = await Call("Runtime.evaluate", new { expression, returnByValue = true });
        answer.TryGetProperty("exceptionDetails", out var fault).Should().BeFalse("{0} was to run: {1}", expression, fault);
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value.ToString() : null;
    }

    public async Task Until(string condition)
    {
        for (var clock = Stopwatch.StartNew(); await Evaluate($"String({condition})") != "true"; await Task.Delay(50))
        {
            clock.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2), "the page was to come to {0}; its console says {1}", condition, string.Join('\n', _complaints));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _browser.Kill(entireProcessTree: true);
        await _browser.WaitForExitAsync();
        _browser.Dispose();
    }

    private async Task<int> Port()
    {
        while (await _browser.StandardError.ReadLineAsync() is { } line)
        {
            if (Regex.Match(line, @"^DevTools listening on ws://127\.0\.0\.1:(\d+)/") is { Success: true } found)
            {
                _ = _browser.StandardError.ReadToEndAsync();
                return int.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("The browser ended before it listened.");
    }

    private static async Task<string> Find(HttpClient http, int port, Uri page)
    {
        while (true)
        {
            using var tabs = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list")));
            if (tabs.RootElement.EnumerateArray().FirstOrDefault(tab => tab.GetProperty("url").GetString() == page.AbsoluteUri) is { ValueKind: JsonValueKind.Object } found)
            {
                return found.GetProperty("webSocketDebuggerUrl").GetString()!;
            }

            await Task.Delay(50);
        }
    }

    private async Task<JsonElement> Call(string method, object parameters)
    {
        var id = ++_last;
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, true, CancellationToken.None);
        while (true)
        {
            var message = await Receive();
            if (message.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
            {
                return message.GetProperty("result");
            }

            if (message.TryGetProperty("method", out var of) && of.GetString() is "Runtime.exceptionThrown" or "Runtime.consoleAPICalled")
            {
                _complaints.Enqueue(message.ToString());
            }
        }
    }

    private async Task<JsonElement> Receive()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, patience.Token);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return JsonDocument.Parse(Encoding.UTF8.GetString(text.ToArray())).RootElement;
    }
}
