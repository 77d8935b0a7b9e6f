using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Judges a GAN's samples as options say. Changes nothing of the GAN, nor of torch's shared randomness.</summary>
internal sealed class GanEvaluation(Gan gan, EvaluationOptions options)
{
    private const int BatchSize = 500;
    private const int RehearsedSamples = 2;

    /// <summary>Making samples and their features, in parts of the whole; the rest is the judge's.</summary>
    private const double ExtractionShare = 0.5;

    /// <summary>Finds what does not fit together before a run, rather than at its first evaluation.</summary>
    /// <exception cref="ArgumentException">The extractors, the judge and the GAN's samples do not fit together.</exception>
    public void Rehearse()
    {
        using var scope = NewDisposeScope();
        _ = gan.Parts.BatchCheck.CheckCondition(options.Condition, options.Count);
        using var noGraph = no_grad();
        var (features, classes) = Extract(Math.Min(RehearsedSamples, options.Count), new EvaluationProgress(null, default));
        options.Quality.Check(features, classes);
    }

    /// <exception cref="OperationCanceledException">The token was cancelled; nothing came of it.</exception>
    public QualityReport Run(CancellationToken token)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        var progress = new EvaluationProgress(options.Progress, token);
        var (features, classes) = Extract(options.Count, progress);
        return options.Quality.Judge(features, classes, new ShiftedProgress(progress, ExtractionShare, 1 - ExtractionShare));
    }

    private (Tensor Features, Tensor? Classes) Extract(long count, EvaluationProgress progress)
    {
        // The seed of training, of samples and of the doctor's look are the three before.
        using var random = new Generator(unchecked((ulong)gan.Seed + 3));
        var (features, classes) = (new List<Tensor>(), new List<Tensor>());
        for (var start = 0L; start < count; start += BatchSize)
        {
            using var inner = NewDisposeScope();
            progress.Report(ExtractionShare * start / count);
            var size = Math.Min(BatchSize, count - start);

            // Held for a batch at a time: others need not wait for all samples, and progress goes out while the GAN is free.
            using var held = gan.Lock.Enter();
            var latents = gan.Parts.Latents.Draw(size, random);
            var samples = gan.Generate(latents, options.Condition?.narrow(0, start, size));

            // Another sequence than the generator had for these latents.
            using var noise = SharedNoise.Of(gan.Seed + 1, latents);
            features.Add(Extract(options.Features, samples, "Features"));
            if (options.Classes is { } extractor)
            {
                classes.Add(Extract(extractor, samples, "Classes"));
            }
        }

        return (cat(features), options.Classes is null ? null : cat(classes));
    }

    private static Tensor Extract(IFeatureExtractor extractor, Tensor samples, string option)
    {
        try
        {
            var found = extractor.Extract(samples);
            return found.dim() == 2 && found.shape[0] == samples.shape[0]
                ? found.MoveToOuterDisposeScope()
                : throw new ArgumentException(
                    $"EvaluationOptions.{option} gave {Text.Shape(found)} for samples {Text.Shape(samples)}; it must give a row for each sample.",
                    nameof(option));
        }
        catch (ExternalException error)
        {
            throw new ArgumentException(
                $"EvaluationOptions.{option} cannot take the generator's samples {Text.Shape(samples)}: {Text.FirstLine(error)} " +
                "Give an extractor that was made for samples of this size.",
                nameof(option),
                error);
        }
    }
}
