using System.Diagnostics;

namespace AdversarialKit.Benchmarks;

/// <summary>Attributes all time to phases, from one mark to the next.</summary>
internal sealed class Timeline
{
    private readonly Dictionary<string, long> _ticks = [];
    private long _last = Stopwatch.GetTimestamp();

    public IReadOnlyDictionary<string, long> Ticks => _ticks;

    /// <summary>Adds the time since the last mark to a phase.</summary>
    public void Mark(string phase)
    {
        var now = Stopwatch.GetTimestamp();
        _ticks[phase] = _ticks.GetValueOrDefault(phase) + now - _last;
        _last = now;
    }

    public void Clear()
    {
        _ticks.Clear();
        _last = Stopwatch.GetTimestamp();
    }
}
