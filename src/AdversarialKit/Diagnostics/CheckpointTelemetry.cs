using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AdversarialKit;

/// <summary>The writing of one checkpoint, for who listens.</summary>
internal sealed class CheckpointTelemetry(Activity? activity, Counter<long> count, Histogram<double> time) : IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private string? _path;

    public void Written(string path) => _path = path;

    public void Dispose()
    {
        activity?.SetTag("adversarialkit.checkpoint.path", _path)
            .SetStatus(_path is null ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
        activity?.Dispose();
        if (_path is not null)
        {
            count.Add(1);
            time.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds);
        }
    }
}
