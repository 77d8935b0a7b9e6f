namespace MnistGan;

/// <summary>Iterations per second, over the last seconds rather than the whole run, and how long the rest will take.</summary>
internal sealed class Pace(long total, TimeProvider clock)
{
    private const double MemorySeconds = 5;

    private long _lastTime = clock.GetTimestamp();
    private long _lastIteration;

    /// <summary>Iterations per second; 0 before the first update.</summary>
    public double Rate { get; private set; }

    /// <summary>Time to the last iteration at this rate.</summary>
    public TimeSpan Left => Rate > 0 ? TimeSpan.FromSeconds((total - _lastIteration) / Rate) : TimeSpan.Zero;

    /// <summary>Time since the last update.</summary>
    public TimeSpan SinceUpdate => clock.GetElapsedTime(_lastTime);

    /// <summary>Takes in how far training has come.</summary>
    public void Update(long iteration)
    {
        var seconds = SinceUpdate.TotalSeconds;
        if (seconds <= 0 || iteration <= _lastIteration)
        {
            return;
        }

        var latest = (iteration - _lastIteration) / seconds;
        var weight = Rate == 0 ? 1 : 1 - Math.Exp(-seconds / MemorySeconds);
        Rate += weight * (latest - Rate);
        _lastIteration = iteration;
        _lastTime = clock.GetTimestamp();
    }
}
