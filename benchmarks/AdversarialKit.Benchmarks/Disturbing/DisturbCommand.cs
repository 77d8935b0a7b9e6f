using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Computes the same under each disturbance and prints what failed and whether the results are the same bits.</summary>
internal static class DisturbCommand
{
    /// <summary>How much more often the arithmetic without scopes runs: its iteration is short.</summary>
    private const int UnscopedFactor = 4;

    public static int Run(DisturbedWork[] works, Disturbance[] disturbances, int iterations, bool shipped)
    {
        using var original = shipped ? new ShippedTorchSharp() : null;
        var folder = original?.Folder ?? AppContext.BaseDirectory;
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"TorchSharp.dll {(shipped ? "as its package ships it" : "as the build mends it")}, one thread of torch.");
        Console.WriteLine("| work | beside it | iterations | failures | result | collections | seconds | processor seconds |\n|---|---|---|---|---|---|---|---|");
        var isSound = true;
        foreach (var work in works)
        {
            var count = iterations * (work == DisturbedWork.Unscoped ? UnscopedFactor : 1);
            var undisturbed = DisturbedProcess.Run(folder, work, Disturbance.Nothing, count);
            foreach (var disturbance in disturbances)
            {
                var result = disturbance == Disturbance.Nothing ? undisturbed : DisturbedProcess.Run(folder, work, disturbance, count);
                var isSame = result.Digest.Length > 0 && result.Digest == undisturbed.Digest;
                isSound &= isSame && result.Failures == 0;
                Print(work, disturbance, count, result, isSame);
            }
        }

        return isSound ? 0 : 1;
    }

    /// <summary>Prints the processor time of undisturbed work with the mended library over that with the shipped one, in turns.</summary>
    public static int Cost(DisturbedWork[] works, int iterations, int rounds)
    {
        using var original = new ShippedTorchSharp();
        Console.WriteLine(Machine.Describe());
        Console.WriteLine("| work | iterations | rounds | mended / shipped, processor time: median | quartiles |\n|---|---|---|---|---|");
        foreach (var work in works)
        {
            var count = iterations * (work == DisturbedWork.Unscoped ? UnscopedFactor : 1);
            var ratios = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                // The two change places, so that a machine which slows down favours neither.
                string[] folders = round % 2 == 0 ? [AppContext.BaseDirectory, original.Folder] : [original.Folder, AppContext.BaseDirectory];
                var seconds = folders.ToDictionary(
                    folder => folder, folder => DisturbedProcess.Run(folder, work, Disturbance.Nothing, count).ProcessorSeconds);
                ratios.Add(seconds[AppContext.BaseDirectory] / seconds[original.Folder]);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Word(work)} | {count} | {rounds} | {Statistics.Median(ratios):0.000} | {Statistics.Quantile(ratios, 0.25):0.000}-{Statistics.Quantile(ratios, 0.75):0.000} |"));
        }

        return 0;
    }

    private static void Print(DisturbedWork work, Disturbance disturbance, int iterations, DisturbedResult result, bool isSame)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {Word(work)} | {Word(disturbance)} | {iterations} | {result.Failures} | {(isSame ? "the same bits" : "differs")} | {result.Collections} | {result.Seconds:0.0} | {result.ProcessorSeconds:0.0} |"));
        foreach (var example in result.Examples)
        {
            Console.WriteLine($"  {example}");
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
