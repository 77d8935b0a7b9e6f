using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Judges a system's samples as options say. Changes nothing of the system, nor of torch's shared randomness.</summary>
internal sealed class SystemEvaluation(AdversarialSystem system, EvaluationOptions options)
{
    private const int BatchSize = 500;
    private const int RehearsedSamples = 2;

    /// <summary>Making samples and their features, in parts of the whole; the rest is the judge's.</summary>
    private const double ExtractionShare = 0.5;

    /// <summary>Finds what does not fit together before a run, rather than at its first evaluation.</summary>
    /// <exception cref="ArgumentException">The extractors, the judge and the system's samples do not fit together.</exception>
    public void Rehearse()
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        CheckCondition();
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

    /// <summary>Judges samples of all ranks. It cannot be cancelled: the other ranks would wait.</summary>
    public QualityReport RunWith(Team team)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        return new TeamEvaluation(team).Run(
            (first, count) => Extract(count, new EvaluationProgress(options.Progress, default), first),
            (features, classes) => options.Quality.Judge(features, classes),
            options.Count);
    }

    private void CheckCondition()
    {
        try
        {
            _ = options.Condition is { } condition ? system.Gan?.Parts.BatchCheck.CheckCondition(condition, options.Count) : null;
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"EvaluationOptions.Condition does not fit. {error.Message}", error);
        }
    }

    private (Tensor Features, Tensor? Classes) Extract(long count, EvaluationProgress progress, long first = 0)
    {
        var labels = (options.Condition ?? system.Gan?.FixedLabels(options.Count))?.narrow(0, first, count);
        // The seed of training, of samples and of the doctor's look are the three before.
        using var random = new Generator(RankSeed.Of(unchecked(system.Seed + 3), system.Team));
        var (features, classes) = (new List<Tensor>(), new List<Tensor>());
        for (var start = 0L; start < count; start += BatchSize)
        {
            progress.Report(ExtractionShare * start / count);
            using var inner = NewDisposeScope();

            // An extractor may draw from torch's shared generator, from which dropout draws in training: another sequence, the same in every
            // evaluation, and no step of another thread meanwhile.
            using var held = system.Gate.Enter();
            using var noise = SharedNoise.Of(system.Seed + 1, random);
            var size = Math.Min(BatchSize, count - start);
            var samples = system.MakeSamples(size, labels?.narrow(0, start, size), random);
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
