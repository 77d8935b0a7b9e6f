using System.Diagnostics;
using AdversarialKit;
using TorchSharp;

namespace MnistGan;

/// <summary>The GAN of Keras-GAN's <c>gan.py</c> and its training loop.</summary>
internal static class Training
{
    private const int SheetSide = 5;

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

        using var batches = new RealBatches(dataset, options.BatchSize, options.Seed);
        var sheets = Path.Combine(options.OutputFolder, "images");
        Directory.CreateDirectory(sheets);
        var clock = Stopwatch.StartNew();
        var last = default(StepResult);
        var drawn = 0;
        while (gan.Iteration < options.Iterations && !token.IsCancellationRequested)
        {
            using var real = batches.Next();
            last = gan.TrainStep(real);

            // The script counts from 0 and draws after the step: 0.png shows the samples after the first one.
            if ((last.Iteration - 1) % options.SampleInterval == 0)
            {
                DrawSheet(gan, Path.Combine(sheets, $"{last.Iteration - 1}.png"));
                drawn++;
            }

            display.Report(last.Iteration, last.Discriminator.Loss, last.Discriminator.Accuracy, last.Generator.Loss);
        }

        DrawSheet(gan, Path.Combine(sheets, "final.png"));
        return new RunSummary
        {
            Iterations = gan.Iteration,
            Stopped = gan.Iteration < options.Iterations,
            Elapsed = clock.Elapsed,
            DiscriminatorLoss = last.Discriminator.Loss,
            Accuracy = last.Discriminator.Accuracy,
            GeneratorLoss = last.Generator.Loss,
            SheetFolder = sheets,
            Sheets = drawn + 1,
            ExportPath = options.Export is { } count
                ? Export.Write(options.OutputFolder, count, n => gan.Sample(n), CancellationToken.None)
                : null,
        };
    }

    private static void DrawSheet(Gan gan, string path)
    {
        using var images = gan.Sample(SheetSide * SheetSide);
        SampleSheet.Draw(images, SheetSide, SheetSide).SavePng(path);
    }
}
