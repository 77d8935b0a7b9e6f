using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http;

namespace AdversarialKit.Benchmarks;

/// <summary>Clients of the service, each of which asks again as soon as it is answered.</summary>
internal sealed class ServiceLoad(ServiceProcess service)
{
    // A PNG file begins so.
    private static readonly byte[] _signature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private const long MemoryStep = 50_000;

    private readonly ConcurrentQueue<(long Samples, long Bytes)> _memory = new();
    private long _samples;

    /// <summary>Resident memory by the samples that were served so far.</summary>
    public IReadOnlyCollection<(long Samples, long Bytes)> Memory => _memory;

    public Task<LoadResult> RunFor(TimeSpan time, string name, int clients, int count)
    {
        var clock = Stopwatch.StartNew();
        return Run(() => clock.Elapsed < time, name, clients, count);
    }

    /// <summary>Goes on until so many more samples are served.</summary>
    public Task<LoadResult> RunUntil(long samples, string name, int clients, int count)
    {
        var end = Interlocked.Read(ref _samples) + samples;
        return Run(() => Interlocked.Read(ref _samples) < end, name, clients, count);
    }

    private async Task<LoadResult> Run(Func<bool> goesOn, string name, int clients, int count)
    {
        var times = new ConcurrentBag<double>();
        var failures = 0;
        var before = service.ProcessorTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            using var http = new HttpClient { BaseAddress = service.Address };
            for (var i = 0; goesOn(); i++)
            {
                var began = Stopwatch.GetTimestamp();
                if (!await Ask(http, $"digits?label={(client + i) % 10}&count={count}&seed={(client * 1_000_000) + i}"))
                {
                    Interlocked.Increment(ref failures);
                }

                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Count(count);
            }
        })));
        return new LoadResult(name, clock.Elapsed.TotalSeconds, [.. times], failures, count, service.ProcessorTime - before);
    }

    private static async Task<bool> Ask(HttpClient http, string path)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            var body = await answer.Content.ReadAsByteArrayAsync();
            return answer.IsSuccessStatusCode && body.AsSpan().StartsWith(_signature);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Count(int samples)
    {
        var after = Interlocked.Add(ref _samples, samples);
        if ((after - samples) / MemoryStep != after / MemoryStep)
        {
            _memory.Enqueue((after, service.ResidentBytes));
        }
    }
}
