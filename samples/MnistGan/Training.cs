using AdversarialKit;
using TorchSharp;

namespace MnistGan;

/// <summary>Trains the GAN that the options ask for, and shows how it goes.</summary>
internal static class Training
{
    /// <summary>
    /// Trains until <see cref="Options.Iterations"/> or a cancelled <paramref name="token"/>; <paramref name="judge"/> evaluates on the way, and
    /// <paramref name="tuning"/> chooses the threads.
    /// </summary>
    public static RunSummary Run(Options options, Dataset dataset, IProgressDisplay display, CancellationToken token, RunJudge? judge = null, TorchTuning? tuning = null)
    {
        using var sample = SampleGan.Create(options);
        var gan = sample.Gan;
        using var batches = RealBatches(dataset, options);
        var resumed = options.Resume is { } checkpoint ? gan.LoadCheckpoint(checkpoint, batches: batches) : null;
        ThreadChoice.Make(options, sample.Gan, () => RealBatches(dataset, options), resumed, tuning, display);
        var before = gan.Iteration;
        var sampler = new Sampler(gan, options.Conditional);
        var sheets = new SheetDrawing(sampler, OutputFolder.Sheets(options), options.SampleInterval);
        using var observers = Observers.Of(options, dataset);
        var result = gan.Fit(batches, new FitOptions
        {
            Iterations = options.Iterations,
            Callbacks = [sheets, new DisplayCallback(display), .. observers.Callbacks],
            Evaluation = judge?.For(display),
            Checkpoints = options.CheckpointInterval == 0 ? null : new CheckpointOptions
            {
                Directory = OutputFolder.Checkpoints(options.OutputFolder),
                Interval = options.CheckpointInterval,
            },
        }, token);
        if (result.Reason == StopReason.Diverged)
        {
            throw new UserErrorException(result.Message!);
        }

        var stopped = result.Reason == StopReason.Cancelled || !TryExport(sampler, options, token);
        var onnx = options.Onnx && !stopped ? gan.SaveOnnx(Path.Combine(options.OutputFolder, OutputFolder.OnnxName)) : null;
        var keepsBest = judge is not null && result.Best is not null && options.CheckpointInterval > 0;
        var best = keepsBest ? KeepBest(gan, sampler, options) : null;
        stopped = stopped || (keepsBest && !TryExport(sampler, options, token, Export.BestFileName));
        return new RunSummary
        {
            Iterations = result.Iterations,
            Before = before,
            Stopped = stopped,
            Elapsed = result.Elapsed,
            DiscriminatorLoss = result.Last.Discriminator.Loss,
            Accuracy = result.Last.Discriminator.Accuracy,
            GeneratorLoss = result.Last.Generator.Loss,
            Diagnoses = result.Diagnoses,
            SheetFolder = OutputFolder.Sheets(options),
            Sheets = sheets.Count,
            CheckpointPath = options.CheckpointInterval == 0 ? null : result.Checkpoint,
            ReportPath = observers.ReportPath,
            ExportPath = options.Export is null || stopped ? null : Path.Combine(options.OutputFolder, Export.FileName),
            ExportLeftOut = options.Export is not null && stopped,
            Onnx = onnx,
            Best = judge is null ? null : result.Best,
            BestPath = best,
        };
    }

    /// <summary>Draws with the weights of the best evaluation, perhaps of an earlier run. Nothing is trained after it.</summary>
    private static string KeepBest(Gan gan, Sampler sampler, Options options)
    {
        var checkpoint = gan.LoadCheckpoint(Path.Combine(OutputFolder.Checkpoints(options.OutputFolder), "best"));
        if (options.Ranks is not { Rank: > 0 })
        {
            sampler.DrawSheet(Path.Combine(OutputFolder.Sheets(options), "best.png"));
        }

        return checkpoint.Path;
    }

    /// <summary>Exports where that is asked for; false where the run was to stop meanwhile, and then there is no file.</summary>
    private static bool TryExport(Sampler sampler, Options options, CancellationToken token, string name = Export.FileName)
    {
        try
        {
            _ = options.Export is { } count ? sampler.Export(options.OutputFolder, count, token, name) : null;
            return true;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Images [N, 1, 28, 28] in [-1, 1], x / 127.5 - 1, drawn with replacement as the script does.</summary>
    private static TensorBatches RealBatches(Dataset dataset, Options options) => Batches.FromTensor(
        dataset.Images,
        options.BatchSize,
        new TensorBatchOptions
        {
            Labels = options.Conditional ? dataset.Labels : null,
            Sampling = Sampling.WithReplacement,
            Collective = options.Ranks,
            Seed = options.Seed,
            Transform = bytes => bytes.to(torch.ScalarType.Float32).div_(127.5).sub_(1).unsqueeze_(1),
        });
}
