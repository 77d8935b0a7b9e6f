using AdversarialKit;
using TorchSharp;

namespace MnistGan;

/// <summary>Trains the GAN that the options ask for, and shows how it goes.</summary>
internal static class Training
{
    /// <summary>Trains until <see cref="Options.Iterations"/> or a cancelled <paramref name="token"/>; <paramref name="judge"/> evaluates on the way.</summary>
    public static RunSummary Run(Options options, Dataset dataset, IProgressDisplay display, CancellationToken token, RunJudge? judge = null)
    {
        using var sample = SampleGan.Create(options);
        var gan = sample.Gan;
        using var batches = RealBatches(dataset, options);
        if (options.Resume is { } checkpoint)
        {
            gan.LoadCheckpoint(checkpoint, batches: batches);
        }

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

        var export = options.Export is { } count ? sampler.Export(options.OutputFolder, count) : null;
        var onnx = options.Onnx ? gan.SaveOnnx(Path.Combine(options.OutputFolder, OutputFolder.OnnxName)) : null;
        var keepsBest = judge is not null && result.Best is not null && options.CheckpointInterval > 0;
        return new RunSummary
        {
            Iterations = result.Iterations,
            Before = before,
            Stopped = result.Reason == StopReason.Cancelled,
            Elapsed = result.Elapsed,
            DiscriminatorLoss = result.Last.Discriminator.Loss,
            Accuracy = result.Last.Discriminator.Accuracy,
            GeneratorLoss = result.Last.Generator.Loss,
            Diagnoses = result.Diagnoses,
            SheetFolder = OutputFolder.Sheets(options),
            Sheets = sheets.Count,
            CheckpointPath = options.CheckpointInterval == 0 ? null : result.Checkpoint,
            ReportPath = observers.ReportPath,
            ExportPath = export,
            Onnx = onnx,
            Best = judge is null ? null : result.Best,
            BestPath = keepsBest ? KeepBest(gan, sampler, options) : null,
        };
    }

    /// <summary>Draws and exports with the weights of the best evaluation, perhaps of an earlier run. Nothing is trained after it.</summary>
    private static string KeepBest(Gan gan, Sampler sampler, Options options)
    {
        var checkpoint = gan.LoadCheckpoint(Path.Combine(OutputFolder.Checkpoints(options.OutputFolder), "best"));
        sampler.DrawSheet(Path.Combine(OutputFolder.Sheets(options), "best.png"));
        if (options.Export is { } count)
        {
            sampler.Export(options.OutputFolder, count, Export.BestFileName);
        }

        return checkpoint.Path;
    }

    /// <summary>Images [N, 1, 28, 28] in [-1, 1], x / 127.5 - 1, drawn with replacement as the script does.</summary>
    private static TensorBatches RealBatches(Dataset dataset, Options options) => Batches.FromTensor(
        dataset.Images,
        options.BatchSize,
        new TensorBatchOptions
        {
            Labels = options.Conditional ? dataset.Labels : null,
            Sampling = Sampling.WithReplacement,
            Seed = options.Seed,
            Transform = bytes => bytes.to(torch.ScalarType.Float32).div_(127.5).sub_(1).unsqueeze_(1),
        });
}
