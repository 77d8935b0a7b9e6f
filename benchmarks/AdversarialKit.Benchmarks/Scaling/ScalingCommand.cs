using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Measures what several processes cost here, and says what to expect of more than there are.</summary>
internal static class ScalingCommand
{
    // Of TCP between two machines; 10 Gbit/s Ethernet, and 100 Gbit/s with RDMA.
    private static readonly (string Name, ScalingModel Model)[] Networks =
        [("10 Gbit/s, 30 us", new ScalingModel(30e-6, 1.25e9)), ("100 Gbit/s, 5 us", new ScalingModel(5e-6, 12.5e9))];

    // Backward passes are half of an iteration at most, and the last layer's gradient comes when they end.
    private const double Hidden = 0.4;

    private static readonly string[] _workloads = ["reference128", "convolutional64"];

    public static int Run(double seconds, int rounds, string launcher, double styleSeconds)
    {
        var command = launcher.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{launcher}; {rounds} pairs of {seconds} s; load of the machine before: {Load()}"));
        var networks = new List<ScaledNetwork>();
        foreach (var workload in _workloads.Select(Workload.Parse))
        {
            networks.Add(Measure(workload, seconds, rounds, command));
        }

        SumPairs.Run(command, rounds);

        // Of StyleGAN2's size: about 30 million parameters in each network (Karras et al. 2020), one update of each; four sums of small size.
        networks.Add(new ScaledNetwork("StyleGAN2's size", styleSeconds, 2 * 30e6 * sizeof(float), 6, 2));
        Expect(networks);
        return 0;
    }

    private static ScaledNetwork Measure(Workload workload, double seconds, int rounds, string[] launcher)
    {
        var (ratios, shares) = (new List<double>(), new List<double>());
        RankResult two = null!;
        for (var round = 0; round < rounds; round++)
        {
            (two, var one) = InTurns(round, () => ScalingRank.Start(launcher, workload, seconds, threads: 1), () => ScalingRank.Start([], workload, seconds, threads: 2));
            ratios.Add(two.Seconds / one.Seconds);
            shares.Add(two.Communication / two.Seconds);
        }

        var bare = ScalingProcess.Run(ScalingProcess.Command("scaling-one", workload.Name, seconds.ToString(CultureInfo.InvariantCulture)), SizeOne.Mark, threads: 1);
        var part = ScalingRank.Start([], workload with { Batch = workload.Batch / 2 }, seconds, threads: 1);
        var here = new ScalingModel(two.Latency, two.Rate);
        var gradients = workload.Recipe == Recipe.Reference ? 3 : 2;
        var network = new ScaledNetwork(workload.Name, part.Seconds, two.Bytes, two.Messages, gradients);
        var modelled = part.Seconds + (network.GradientMessages * (two.Bytes / network.GradientMessages / two.Rate)) + ((network.Messages - gradients) * two.Latency);
        Print($"{workload.Name}: two processes of one thread over one of two threads, same batch: {Statistics.Median(ratios):0.000} ({string.Join(", ", ratios.Select(ratio => ratio.ToString("0.000", CultureInfo.InvariantCulture)))}); in sums {Statistics.Median(shares):P1} of the time, waiting included");
        Print($"  one process built with a collective of size 1, over one built without:{bare}");
        Print($"  {two.Messages:0.#} sums of {two.Bytes / 1e6:0.00} MB an iteration; a sum of one number {two.Latency * 1e6:0.0} us, of 2 million floats {two.Rate / 1e9:0.00} GB/s");
        Print($"  model: {modelled * 1e3:0.00} ms, measured {two.Seconds * 1e3:0.00} ms; a rank's part alone {part.Seconds * 1e3:0.00} ms (latency and rate of {here.Latency * 1e6:0.0} us and {here.Rate / 1e9:0.00} GB/s)");
        return network;
    }

    /// <summary>Does two things of a pair; who comes first finds another machine, and so they change places at every round.</summary>
    public static (T First, T Second) InTurns<T>(int round, Func<T> first, Func<T> second)
    {
        if (round % 2 == 0)
        {
            var result = first();
            return (result, second());
        }

        var other = second();
        return (first(), other);
    }

    private static void Expect(List<ScaledNetwork> networks)
    {
        int[] ranks = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
        foreach (var (name, model) in Networks)
        {
            Console.WriteLine();
            Console.WriteLine($"Expected efficiency on {name}, a machine for each rank; in brackets with gradients summed while backward passes run");
            Console.WriteLine($"{"ranks",-18}{string.Concat(ranks.Select(count => $"{count,12}"))}");
            foreach (var network in networks)
            {
                Console.WriteLine($"{network.Name,-18}{string.Concat(ranks.Select(count => Cell(model, network, count)))}");
            }

            var (gain, gainer, at) = networks.SelectMany(network => ranks.Select(count => (Gain: model.Efficiency(network, count, Hidden) - model.Efficiency(network, count), network.Name, Ranks: count))).Max();
            Print($"That would gain {gain * 100:0} points at most: {gainer} on {at} ranks.");
        }

        static string Cell(ScalingModel model, ScaledNetwork network, int ranks) => string.Create(
            CultureInfo.InvariantCulture, $"{model.Efficiency(network, ranks) * 100:0} ({model.Efficiency(network, ranks, Hidden) * 100:0})").PadLeft(12);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
