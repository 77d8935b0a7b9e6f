using AdversarialKit;
using TorchSharp;

namespace MnistGan;

/// <summary>Trains the GAN that the options ask for; the judge evaluates on the way, and the tuning chooses the threads.</summary>
internal sealed class Training(Options options, Digits digits, Surroundings around, PictureJudge? judge = null, TorchTuning? tuning = null)
{
    /// <summary>Trains until <see cref="Options.Iterations"/> or a cancelled <paramref name="token"/>, and writes what was asked for.</summary>
    /// <param name="token">Ends the training after the iteration under way.</param>
    /// <param name="display">Shows how it goes; null for the usual line.</param>
    public RunSummary Run(CancellationToken token, ITrainingCallback? display = null)
    {
        display ??= new TerminalProgress(around.Output, around.OutputIsTerminal, options.SampleInterval);
        using var sample = SampleGan.Create(options);
        var gan = sample.Gan;
        using var batches = RealBatches();
        var resumed = options.Resume is { } checkpoint ? gan.LoadCheckpoint(checkpoint, batches: batches) : null;
        ChooseThreads(gan, resumed);
        var before = gan.Iteration;
        var sampler = new Sampler(gan, options);
        using var report = options.Report ? new HtmlReport(OutputFolder.Report(options), new HtmlReportOptions { Title = $"{options.Preset} GAN on {digits.Description}", Samples = 50 }) : null;
        using var log = options.Log ? new JsonLinesLog(Path.Combine(options.OutputFolder, "log.jsonl")) : null;
        using var asked = options.Conditional ? Sampler.Asked(0, options.EvaluationSamples) : null;
        var result = gan.Fit(batches, new FitOptions
        {
            Iterations = options.Iterations,
            Callbacks = [.. new ITrainingCallback?[] { sampler, display, report, log }.OfType<ITrainingCallback>()],
            Evaluation = judge is null ? null : judge.ToEvaluation(options.EvaluateEvery) with
            {
                Samples = options.EvaluationSamples,
                Condition = asked,
                Progress = display as IProgress<double>,
            },
            Checkpoints = options.CheckpointInterval == 0 ? null : new() { Directory = OutputFolder.Checkpoints(options.OutputFolder), Interval = options.CheckpointInterval },
        }, token);
        if (result.Reason == StopReason.Diverged)
        {
            throw new UserErrorException(result.Message!);
        }

        return Finish(gan, sampler, new RunSummary(result, before, options) { Sheets = sampler.Sheets }, token);
    }

    /// <summary>Exports, last of all with the weights of the best evaluation, perhaps of an earlier run. Nothing is trained after it.</summary>
    private RunSummary Finish(Gan gan, Sampler sampler, RunSummary summary, CancellationToken token)
    {
        var stopped = summary.Result.Reason == StopReason.Cancelled || !sampler.TryExport(OutputFolder.SamplesName, token);
        var onnx = options.Onnx && !stopped ? gan.SaveOnnx(Path.Combine(options.OutputFolder, "generator.onnx")) : null;
        summary = summary with { Stopped = stopped, HasExport = options.Export is not null && !stopped, Onnx = onnx, Best = judge is null ? null : summary.Result.Best };
        if (summary.Best is null || options.CheckpointInterval == 0)
        {
            return summary;
        }

        var best = gan.LoadCheckpoint(Path.Combine(OutputFolder.Checkpoints(options.OutputFolder), "best")).Path;
        if (options.Ranks is not { Rank: > 0 })
        {
            sampler.DrawSheet("best.png");
        }

        return summary with { Stopped = !sampler.TryExport(OutputFolder.BestName, token) || stopped, BestPath = best };
    }

    /// <summary>The threads decide the bits: what <c>--threads</c> says, or what the resumed run had, or as few as the GAN's own time allows, measured on a source of its own.</summary>
    internal void ChooseThreads(Gan gan, CheckpointInfo? resumed)
    {
        if (options.Threads is null && resumed is not null)
        {
            torch.set_num_threads(resumed.Threads ?? torch.get_num_threads());
        }
        else if (options.Threads is null && tuning is not null)
        {
            using var source = RealBatches();
            using var scope = torch.NewDisposeScope();
            var outcome = tuning.ChooseThreads(gan, [.. Enumerable.Range(0, gan.DiscriminatorSteps).Select(_ => source.NextBatch()!.Value)]);
            around.Output.WriteLine($"Tuning: {outcome.Explanation}");
        }
    }

    /// <summary>Images [N, 1, 28, 28] in [-1, 1], x / 127.5 - 1, drawn with replacement as the script does.</summary>
    private TensorBatches RealBatches() => Batches.FromTensor(
        digits.Training.Images,
        options.BatchSize,
        new TensorBatchOptions
        {
            Labels = options.Conditional ? digits.Training.Labels : null,
            Sampling = Sampling.WithReplacement,
            Collective = options.Ranks,
            Seed = options.Seed,
            Transform = bytes => bytes.to(torch.ScalarType.Float32).div_(127.5).sub_(1),
        });
}
