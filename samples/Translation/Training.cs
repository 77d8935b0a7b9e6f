using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>Trains a job's networks, and leaves sheets, weights, an ONNX file and figures behind.</summary>
internal static class Training
{
    public const string WeightsName = "translator.safetensors";

    public static int Run(Options options, StopSignal stop)
    {
        using var folder = RunFolder.Keep(options.Out);
        using var tuning = TorchTuning.Apply(new TorchTuningOptions { Threads = options.Threads is null });
        if (options.Threads is { } threads)
        {
            set_num_threads(threads);
        }

        using var digits = Digits.Load(options.Data);
        Console.WriteLine($"{options.Job.Summary} Data: {digits.Name}.");
        return Run(options, digits, stop);
    }

    /// <summary>The same on digits that are there.</summary>
    internal static int Run(Options options, Digits digits, StopSignal stop)
    {
        using var translator = options.Job.Build(digits, options.Iterations, options.Seed);
        var checkpoints = Path.Combine(options.Out, "checkpoints");
        if (options.Resume)
        {
            translator.System.LoadCheckpoint(checkpoints, batches: translator.Batches);
        }

        var result = Fit(options, digits, translator, checkpoints, stop.Token);
        if (result.Reason == StopReason.Cancelled)
        {
            Console.WriteLine($"Stopped after {result.Iterations} iterations. Go on with --resume.");
            return stop.ExitCode;
        }

        // Such weights translate nothing: those of an earlier run stay.
        if (result.Reason == StopReason.Diverged)
        {
            Console.Error.WriteLine($"Error: {result.Message!.ReplaceLineEndings(" ")}");
            return 2;
        }

        Keep(options, digits, translator);
        using var judge = digits.OpenJudge(options.Out, stop.Token);
        Console.WriteLine(Figures.Of(options.Job, digits, translator, judge));
        Console.WriteLine($"Everything is in {Path.GetFullPath(options.Out)}.");
        return 0;
    }

    private static FitResult Fit(Options options, Digits digits, Translator translator, string checkpoints, CancellationToken stop)
    {
        var (labels, draw) = options.Job.Sheet(digits, translator);
        using var sheets = new ImageSheetLog(Path.Combine(options.Out, "sheets"), draw, new ImageSheetLogOptions
        {
            Interval = (int)Math.Max(1, options.Iterations / 20),
            Sheet = new ImageSheetOptions { Rows = labels.Count, RowLabels = labels, Enlargement = 2 },
        });
        using var report = new HtmlReport(Path.Combine(options.Out, "report.html"), new HtmlReportOptions { Title = options.Job.Summary, Images = draw, Rows = labels.Count });
        var result = translator.System.Fit(translator.Batches, new FitOptions
        {
            Iterations = options.Iterations,
            Callbacks = [sheets, report, new ConsoleProgress()],
            Checkpoints = new CheckpointOptions { Directory = checkpoints, Interval = 1_000 },
        }, stop);
        sheets.SaveAnimation(Path.Combine(options.Out, "run.png"));
        return result;
    }

    private static void Keep(Options options, Digits digits, Translator translator)
    {
        using var scope = NewDisposeScope();
        var (sources, _) = options.Job.HeldOut(digits);
        translator.System.Infer(() =>
        {
            Safetensors.Save(Path.Combine(options.Out, WeightsName), translator.Network.state_dict(), new Dictionary<string, string> { ["job"] = options.Job.Name });
            var onnx = OnnxExport.Save(Path.Combine(options.Out, "translator.onnx"), translator.Network, sources.narrow(0, 0, 64));
            Console.WriteLine($"translator.onnx: within {onnx.LargestDeviation:0.0e0} of libtorch.");
        });
    }
}
