using System.Diagnostics;

namespace AdversarialKit;

/// <summary>Compares two pieces of work in turn, since the speed of a machine drifts.</summary>
internal static class PairedTiming
{
    private const int WarmUps = 2;
    private const int LeastPairs = 8;
    private const int MostPairs = 40;
    private const double EnoughSeconds = 0.2;

    // A step is longer than a product and its time wanted more exactly: half of what is to be told apart is a twentieth.
    private const int LeastSteps = 5;
    private const double EnoughSecondsOfSteps = 1.5;

    /// <summary>The ratio of the shortest times, second by first: what other programs add only ever makes a time longer.</summary>
    public static double Ratio(Action first, Action second) => RatioOfShortest(first, second, WarmUps, LeastPairs, EnoughSeconds);

    /// <summary>The same for whole iterations, which may take a second each.</summary>
    public static double RatioOfSteps(Action first, Action second) => RatioOfShortest(first, second, 1, LeastSteps, EnoughSecondsOfSteps);

    private static double RatioOfShortest(Action first, Action second, int warmUps, int leastPairs, double enoughSeconds)
    {
        for (var i = 0; i < warmUps; i++)
        {
            first();
            second();
        }

        var (shortestFirst, shortestSecond) = (double.PositiveInfinity, double.PositiveInfinity);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < MostPairs && (i < leastPairs || Stopwatch.GetElapsedTime(start).TotalSeconds < enoughSeconds); i++)
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
