using System.Diagnostics;

namespace AdversarialKit;

/// <summary>Compares two pieces of work in turn, since the speed of a machine drifts.</summary>
internal static class PairedTiming
{
    private const int WarmUps = 2;
    private const int LeastPairs = 8;
    private const int MostPairs = 40;
    private const double EnoughSeconds = 0.2;

    /// <summary>The ratio of the shortest times, second by first: what other programs add only ever makes a time longer.</summary>
    public static double Ratio(Action first, Action second)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            first();
            second();
        }

        var (shortestFirst, shortestSecond) = (double.PositiveInfinity, double.PositiveInfinity);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < MostPairs && (i < LeastPairs || Stopwatch.GetElapsedTime(start).TotalSeconds < EnoughSeconds); i++)
        {
            shortestFirst = Math.Min(shortestFirst, Seconds(first));
            shortestSecond = Math.Min(shortestSecond, Seconds(second));
        }

        return shortestSecond / shortestFirst;
    }

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
