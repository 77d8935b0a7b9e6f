using AdversarialKit;
using TorchSharp;

namespace MnistGan;

/// <summary>The GAN of Keras-GAN's <c>gan.py</c> and its training.</summary>
internal static class Training
{
    /// <summary>Trains until <see cref="Options.Iterations"/> or a cancelled <paramref name="token"/>.</summary>
    public static RunSummary Run(Options options, Dataset dataset, IProgressDisplay display, CancellationToken token)
    {
        using var random = new torch.Generator(unchecked((ulong)options.Seed));
        using var generator = Networks.Generator(random);
        using var discriminator = Networks.Discriminator(random);

        // One Keras optimizer object is compiled into both models, so that one counter counts the steps of both.
        var counter = new StepCounter();
        using var gan = new GanBuilder()
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithLatent(Latent.Normal(Networks.LatentSize))
            .WithLoss(AdversarialLoss.BinaryCrossEntropyOnProbabilities())
            .WithOptimizers(Optimizers.KerasAdam(2e-4, beta1: 0.5, counter: counter))
            .WithDiscriminatorUpdate(DiscriminatorUpdate.Separate)
            .WithFakes(FakeMode.Inference)
            .WithDevice(TorchDevice.Open(options.Device))
            .WithSeed(options.Seed)
            .Build();

        using var batches = RealBatches(dataset, options);
        if (options.Resume is { } checkpoint)
        {
            gan.LoadCheckpoint(checkpoint, batches: batches);
        }

        var before = gan.Iteration;
        var sheets = new SheetDrawing(OutputFolder.Sheets(options), options.SampleInterval);
        var result = gan.Fit(batches, new FitOptions
        {
            Iterations = options.Iterations,
            Callbacks = [sheets, new DisplayCallback(display)],
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
            ExportPath = options.Export is { } count
                ? Export.Write(options.OutputFolder, count, n => gan.Sample(n), CancellationToken.None)
                : null,
        };
    }

    /// <summary>Images [N, 1, 28, 28] in [-1, 1], x / 127.5 - 1, drawn with replacement as the script does.</summary>
    private static TensorBatches RealBatches(Dataset dataset, Options options) => Batches.FromTensor(
        dataset.Images,
        options.BatchSize,
        new TensorBatchOptions
        {
            Sampling = Sampling.WithReplacement,
            Seed = options.Seed,
            Transform = bytes => bytes.to(torch.ScalarType.Float32).div_(127.5).sub_(1).unsqueeze_(1),
        });
}
