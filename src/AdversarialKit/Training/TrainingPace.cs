using System.Diagnostics;

namespace AdversarialKit;

/// <summary>Iterations per second over the last seconds.</summary>
internal sealed class TrainingPace
{
    private const double MemorySeconds = 5;

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp();
    private double _rate;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public double Rate => _rate;

    /// <summary>How long so many iterations will take at this rate; null where there is no telling.</summary>
    public TimeSpan? TimeFor(long iterations) =>
        _rate > 0 && iterations / _rate < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(iterations / _rate) : null;

    /// <summary>What went on since the last iteration is no part of the next one's time.</summary>
    public void Interrupted() => _last = Stopwatch.GetTimestamp();

    /// <summary>One more iteration is completed.</summary>
    public void Advance()
    {
        var now = Stopwatch.GetTimestamp();
        var seconds = Math.Max(Stopwatch.GetElapsedTime(_last, now).TotalSeconds, 1e-9);
        var elapsed = Math.Max(Stopwatch.GetElapsedTime(_start, now).TotalSeconds, seconds);
        _last = now;

        // In the first seconds the mean of all; then a mean that forgets.
        var weight = Math.Max(1 - Math.Exp(-seconds / MemorySeconds), seconds / elapsed);
        _rate += weight * ((1 / seconds) - _rate);
    }
}
