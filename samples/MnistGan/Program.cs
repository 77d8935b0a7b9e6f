using AdversarialKit;
using TorchSharp;

namespace MnistGan;

/// <summary>Reads the command line, finds the data, trains, and says what came of it.</summary>
internal static class Program
{
    private static int Main(string[] args) => Run(args, Surroundings.OfThisProcess());

    internal static int Run(string[] args, Surroundings around) => CommandLine.Run(args, around, options => Train(options, around));

    private static int Train(Options options, Surroundings around)
    {
        LoadTorch();
        using var folder = OutputFolder.Prepare(options.OutputFolder);
        _ = TorchDevice.Open(options.Device);
        if (options.Threads is { } threads)
        {
            torch.set_num_threads(threads);
        }

        return StopSignal.Heed(around, stop => Train(options, around, stop));
    }

    private static int Train(Options options, Surroundings around, StopSignal stop)
    {
        using var judged = options.EvaluateEvery > 0 ? JudgeData.Load(options, around, stop.Token) : null;
        using var dataset = judged?.Training ?? DatasetLoader.Load(options, around, stop.Token);
        around.Output.WriteLine($"Data: {dataset.Description}");

        // Threads are left alone: their number decides the bits, and a resumed run shall have those of an unbroken one.
        using var tuning = options.Tuning ? TorchTuning.Apply(new TorchTuningOptions { Threads = false }) : null;
        foreach (var outcome in tuning?.Outcomes ?? [])
        {
            around.Output.WriteLine($"Tuning: {outcome.Explanation}");
        }

        using var judge = judged is null ? null : RunJudge.Create(options, judged, around, stop.Token);
        var summary = ProgressDisplay.Show(options, around, display => Training.Run(options, dataset, display, stop.Token, judge));
        summary.WriteTo(around.Output);
        return summary.Stopped ? stop.ExitCode : ExitCode.Done;
    }

    private static void LoadTorch()
    {
        try
        {
            NativeTorch.EnsureLoaded();
        }
        catch (DllNotFoundException error)
        {
            throw new UserErrorException(error.Message.ReplaceLineEndings(" "), error);
        }
    }
}
