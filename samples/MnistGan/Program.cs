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
        using var tuning = LoadTorch(options);
        using var folder = options.Ranks is { Rank: > 0 } ? null : OutputFolder.Prepare(options.OutputFolder);
        _ = TorchDevice.Open(options.Device);
        if (options.Threads is { } threads)
        {
            torch.set_num_threads(threads);
        }

        return StopSignal.Heed(around, stop => Train(options, around, stop, tuning));
    }

    private static int Train(Options options, Surroundings around, StopSignal stop, TorchTuning? tuning)
    {
        using var judged = options.EvaluateEvery > 0 ? JudgeData.Load(options, around, stop.Token) : null;
        using var dataset = judged?.Training ?? DatasetLoader.Load(options, around, stop.Token);
        around.Output.WriteLine($"Data: {dataset.Description}");

        foreach (var outcome in tuning?.Outcomes ?? [])
        {
            around.Output.WriteLine(Wording.Tuning(outcome));
        }

        using var judge = judged is null ? null : RunJudge.Create(options, judged, around, stop.Token);
        var summary = ProgressDisplay.Show(options, around, display => Training.Run(options, dataset, display, stop.Token, judge, tuning));
        summary.WriteTo(around.Output);
        return summary.Stopped ? stop.ExitCode : ExitCode.Done;
    }

    /// <summary>Tunes as the first thing of all, since torch reads how its threads wait when it is loaded. Their number is chosen later, by the GAN's own time.</summary>
    private static TorchTuning? LoadTorch(Options options)
    {
        try
        {
            if (options.Tuning)
            {
                return TorchTuning.Apply(new TorchTuningOptions { Threads = false });
            }

            NativeTorch.EnsureLoaded();
            return null;
        }
        catch (DllNotFoundException error)
        {
            throw new UserErrorException(error.Message.ReplaceLineEndings(" "), error);
        }
    }
}
