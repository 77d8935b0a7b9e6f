using AdversarialKit;
using TorchSharp;

namespace MnistGan;

/// <summary>Reads the command line, finds the data, trains, and says what came of it.</summary>
internal static class Program
{
    private static int Main(string[] args) => Run(args, Surroundings.OfThisProcess());

    internal static int Run(string[] args, Surroundings around) => CommandLine.Run(args, around, options => OneOfSeveral.Run(options, around, Train));

    private static int Train(Options options, Surroundings around)
    {
        // First of all, since torch reads how its threads wait when it is loaded. Their number is chosen later, by the GAN's own time.
        using var tuning = options.Tuning ? TorchTuning.Apply(new TorchTuningOptions { Threads = false }) : null;
        NativeTorch.EnsureLoaded();
        using var folder = options.Ranks is { Rank: > 0 } ? null : RunFolder.Keep(options.OutputFolder);
        if (options.Threads is { } threads)
        {
            torch.set_num_threads(threads);
        }

        return StopSignal.Heed(around.Error, stop =>
        {
            using var digits = Digits.Load(options, around, withTest: options.EvaluateEvery > 0, stop.Token);
            around.Output.WriteLine($"Data: {digits.Description}");
            foreach (var outcome in tuning?.Outcomes ?? [])
            {
                around.Output.WriteLine($"Tuning: {outcome.Explanation}");
            }

            using var judge = options.EvaluateEvery > 0 ? OneOfSeveral.AfterTheFirst(options.Ranks, () => digits.OpenJudge(options.Judge, around, stop.Token)) : null;
            var summary = new Training(options, digits, around, judge, tuning).Run(stop.Token);
            summary.WriteTo(around.Output);
            return summary.Stopped ? stop.ExitCode : 0;
        });
    }
}
