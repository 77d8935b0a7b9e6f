using System.Diagnostics;
using AdversarialKit;
using TorchSharp;

namespace MnistGan;

/// <summary>The training loop of Keras-GAN's <c>gan.py</c>.</summary>
internal static class Training
{
    /// <summary>Trains until <see cref="Options.Iterations"/> or a cancelled <paramref name="token"/>.</summary>
    public static RunSummary Run(Options options, Dataset dataset, IProgressDisplay display, CancellationToken token)
    {
        using var sample = SampleGan.Create(options);
        var gan = sample.Gan;
        var sampler = new Sampler(gan, options.Conditional);
        using var batches = new RealBatches(dataset, options.BatchSize, options.Seed, options.Conditional);
        var sheets = Path.Combine(options.OutputFolder, "images");
        Directory.CreateDirectory(sheets);
        var clock = Stopwatch.StartNew();
        var last = default(StepResult);
        var drawn = 0;
        while (gan.Iteration < options.Iterations && !token.IsCancellationRequested)
        {
            using var scope = torch.NewDisposeScope();
            last = gan.TrainStep(batches.Next());

            // The script counts from 0 and draws after the step: 0.png shows the samples after the first one.
            if ((last.Iteration - 1) % options.SampleInterval == 0)
            {
                sampler.DrawSheet(Path.Combine(sheets, $"{last.Iteration - 1}.png"));
                drawn++;
            }

            display.Report(last.Iteration, last.Discriminator.Loss, last.Discriminator.Accuracy, last.Generator.Loss);
        }

        sampler.DrawSheet(Path.Combine(sheets, "final.png"));
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
            ExportPath = options.Export is { } count ? sampler.Export(options.OutputFolder, count) : null,
        };
    }
}
