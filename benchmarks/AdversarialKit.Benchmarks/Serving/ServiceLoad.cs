using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http;

namespace AdversarialKit.Benchmarks;

/// <summary>Clients of the service, each of which asks again as soon as it is answered.</summary>
internal sealed class ServiceLoad(ServiceProcess service, ServeOptions options)
{
    // A PNG file begins so.
    private static readonly byte[] _signature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private const long MemoryStep = 25_000;

    private readonly ConcurrentQueue<(long Samples, long Bytes)> _memory = new();
    private long _samples;

    /// <summary>Resident memory by the samples that were served so far.</summary>
    public IReadOnlyCollection<(long Samples, long Bytes)> Memory => _memory;

    public async Task<LoadResult> Run(string name, int clients, TimeSpan time)
    {
        var times = new ConcurrentBag<double>();
        var failures = 0;
        var before = service.ProcessorTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            using var http = new HttpClient { BaseAddress = service.Address };
            for (var i = 0; clock.Elapsed < time; i++)
            {
                var began = Stopwatch.GetTimestamp();
                if (!await Ask(http, (client + i) % 10, client * 1_000_000 + i))
                {
                    Interlocked.Increment(ref failures);
                }

                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Count();
            }
        })));
        return new LoadResult(name, clock.Elapsed.TotalSeconds, [.. times], failures, options.Count, service.ProcessorTime - before);
    }

    private async Task<bool> Ask(HttpClient http, int label, int seed)
    {
        try
        {
            using var answer = await http.GetAsync($"digits?label={label}&count={options.Count}&seed={seed}");
            var body = await answer.Content.ReadAsByteArrayAsync();
            return answer.IsSuccessStatusCode && body.AsSpan().StartsWith(_signature);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Count()
    {
        var before = Interlocked.Add(ref _samples, options.Count) - options.Count;
        if (before / MemoryStep != (before + options.Count) / MemoryStep)
        {
            _memory.Enqueue((before + options.Count, service.ResidentBytes));
        }
    }
}
