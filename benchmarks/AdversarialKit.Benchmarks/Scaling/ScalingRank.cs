using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;

namespace AdversarialKit.Benchmarks;

/// <summary>One process of a start: trains its part of a workload, and measures sums.</summary>
internal static class ScalingRank
{
    /// <summary>Begins the line with the result.</summary>
    public const string Mark = "scaling:";

    private const int Rounds = 5;

    public static int Run(Workload workload, double seconds, int threads)
    {
        using var _ = TorchTuning.Apply(new TorchTuningOptions { Threads = false, Float32Products = false });
        set_num_threads(threads);
        random.manual_seed(1);
        using var collective = Collective.FromEnvironment();
        var timed = new TimedCollective(collective);
        using var loop = new LibraryLoop(workload with { Batch = workload.Batch / collective.Size }, timed);
        var iterations = Warm(loop, timed, seconds / Rounds);
        var rounds = new List<double>();
        timed.Restart();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < iterations; i++)
            {
                loop.Iterate();
            }

            rounds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / iterations);
        }

        var all = (double)iterations * Rounds;
        var (latency, rate) = collective.Size == 1 ? (0, 0) : (SecondsOfSum(collective, 1, 2_000), SumPairs.Floats * sizeof(float) / SecondsOfSum(collective, SumPairs.Floats, SumPairs.Times));
        var result = new RankResult(Statistics.Median(rounds), timed.Elapsed.TotalSeconds / all, timed.Messages / all, timed.Bytes / all, latency, rate);
        if (collective.Rank == 0)
        {
            Console.Out.WriteLine(Mark + JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
        }

        return 0;
    }

    /// <summary>
    /// Iterates until nothing is compiled any more, which takes a core from one of the ranks while all wait for it, and finds how many iterations
    /// fill a round; the same number on every rank.
    /// </summary>
    private static int Warm(LibraryLoop loop, TimedCollective collective, double seconds)
    {
        const int Most = 40;
        const int Each = 25;
        using var told = zeros(2, dtype: ScalarType.Float64);
        for (var round = 0; round < Most; round++)
        {
            var (compiled, start) = (JitInfo.GetCompiledMethodCount(), Stopwatch.GetTimestamp());
            for (var i = 0; i < Each; i++)
            {
                loop.Iterate();
            }

            told[0] = JitInfo.GetCompiledMethodCount() - compiled;
            told[1] = Stopwatch.GetElapsedTime(start).TotalSeconds / Each / collective.Size;
            collective.AllReduce(told);
            if (told[0].item<double>() == 0)
            {
                break;
            }
        }

        return Math.Max(1, (int)Math.Min(10_000, seconds / told[1].item<double>()));
    }

    /// <summary>The median seconds of a sum of so many floats.</summary>
    public static double SecondsOfSum(Collective collective, long floats, int times)
    {
        using var numbers = zeros(floats);
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            collective.AllReduce(numbers);
            taken.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Statistics.Median(taken);
    }

    /// <summary>Starts processes and reads what the first one measured.</summary>
    /// <param name="launcher">The launcher with its options; empty for one process without one.</param>
    /// <param name="workload">What is trained, by all together.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="threads">Threads of each process.</param>
    public static RankResult Start(string[] launcher, Workload workload, double seconds, int threads) => JsonSerializer.Deserialize<RankResult>(
        ScalingProcess.Run([.. launcher, .. ScalingProcess.Command("scaling-rank", workload.Name, Text(seconds), Text(threads))], Mark, threads), JsonSerializerOptions.Web)!;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
