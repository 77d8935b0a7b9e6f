namespace AdversarialKit;

/// <summary>Tells what is wrong with the options of a run before it starts.</summary>
internal static class FitChecks
{
    /// <summary>The iteration that a run goes to; 0 where it goes on until the batches end, and only there.</summary>
    public static long TotalIterations(FitOptions options, IBatchSource batches, int discriminatorSteps)
    {
        if (options.Epochs == 0)
        {
            return options.Iterations;
        }

        var perEpoch = batches.BatchesPerEpoch ?? throw new ArgumentException(
            $"FitOptions.Epochs is {options.Epochs}, but these batches do not say how many make an epoch. Set FitOptions.Iterations instead.",
            nameof(options));
        Require(perEpoch >= 1, "IBatchSource.BatchesPerEpoch", perEpoch, "FitOptions.Epochs needs at least 1");
        var batchesInAll = (Int128)options.Epochs * perEpoch;
        var fewest = ((Int128)discriminatorSteps + perEpoch - 1) / perEpoch;
        Require(
            batchesInAll >= discriminatorSteps,
            nameof(FitOptions.Epochs),
            options.Epochs,
            $"an iteration takes {discriminatorSteps} batches, one for each discriminator step, and an epoch has {perEpoch}: it must be at least {fewest}");
        return (long)Int128.Min(batchesInAll / discriminatorSteps, long.MaxValue);
    }

    /// <summary>A line for all in which the ranks of a run must not differ, or one would wait for another that is done.</summary>
    public static string Describe(FitOptions options, IBatchSource batches) => string.Join('\n',
    [
        $"batches of an epoch: {batches.BatchesPerEpoch}",
        $"data: {batches.SharedData}",
        $"iterations: {options.Iterations}",
        $"epochs: {options.Epochs}",
        $"iterations between checkpoints: {options.Checkpoints?.Interval}",
        $"what a failing checkpoint does: {options.Checkpoints?.OnFailure}",
        $"iterations between evaluations: {options.Evaluation?.Interval}",
        $"samples of an evaluation: {options.Evaluation?.Count}",
    ]);

    public static void Check(FitOptions options, IBatchSource batches, CancellationToken token)
    {
        Require(options.Iterations >= 0, nameof(FitOptions.Iterations), options.Iterations, "must be at least 0");
        Require(options.Epochs >= 0, nameof(FitOptions.Epochs), options.Epochs, "must be at least 0");
        Require(options.Iterations == 0 || options.Epochs == 0, nameof(FitOptions.Epochs), options.Epochs, $"cannot be set beside Iterations, which is {options.Iterations}");
        Require(options.ProgressInterval >= 1, nameof(FitOptions.ProgressInterval), options.ProgressInterval, "must be at least 1");
        Require(!(options.TimeLimit <= TimeSpan.Zero), nameof(FitOptions.TimeLimit), options.TimeLimit, "must be longer than 0");
        foreach (var callback in options.Callbacks ?? throw new ArgumentException("FitOptions.Callbacks is null; leave it out for none.", nameof(options)))
        {
            Require(callback is not null, nameof(FitOptions.Callbacks), "with null in it", "may hold callbacks only");
            Require(callback!.Interval >= 1, $"{callback.GetType().Name}.Interval", callback.Interval, "must be at least 1");
        }

        if (options.Checkpoints is { } checkpoints)
        {
            Require(!string.IsNullOrEmpty(checkpoints.Directory), "CheckpointOptions.Directory", "empty", "must name a directory");
            Require(checkpoints.Interval >= 1, "CheckpointOptions.Interval", checkpoints.Interval, "must be at least 1");
        }

        CheckEvaluation(options);
        var ends = options.Iterations > 0 || options.Epochs > 0 || options.TimeLimit is not null || token.CanBeCanceled || batches.BatchesPerEpoch is null;
        if (!ends)
        {
            throw new ArgumentException(
                "Nothing would ever end this run: the batches are endless. Set FitOptions.Iterations, Epochs or TimeLimit, or pass a token.",
                nameof(options));
        }
    }

    private static void CheckEvaluation(FitOptions options)
    {
        if (options.Evaluation is not { } evaluation)
        {
            return;
        }

        Require(evaluation.Quality is not null, "EvaluationOptions.Quality", "null", "must be the judge of the samples");
        Require(evaluation.Features is not null, "EvaluationOptions.Features", "null", "must be the extractor of the judge's features");
        Require(evaluation.Interval >= 1, "EvaluationOptions.Interval", evaluation.Interval, "must be at least 1");
        Require(
            evaluation.Count is >= SampleQuality.FewestSamples and <= SampleQuality.MostSamples,
            evaluation.Condition is null ? "EvaluationOptions.Samples" : "EvaluationOptions.Condition, by its length,",
            evaluation.Count,
            $"must be from {SampleQuality.FewestSamples} to {SampleQuality.MostSamples}");
        Require(Enum.IsDefined(evaluation.Best), "EvaluationOptions.Best", (int)evaluation.Best, "must be one of the figures");
        Require(
            evaluation.Quality!.WantsProbabilities || evaluation.Best is not (QualityFigure.Score or QualityFigure.Modes or QualityFigure.ClassDivergence),
            "EvaluationOptions.Best",
            evaluation.Best,
            "the judge was made without class probabilities and does not measure it");
        Require(
            options.Checkpoints?.Metric is null, "CheckpointOptions.Metric", "given", "FitOptions.Evaluation says already which checkpoint is the best; leave out one of them");
    }

    private static void Require(bool holds, string name, object? value, string demand)
    {
        if (!holds)
        {
            var option = name.Contains('.', StringComparison.Ordinal) ? name : $"FitOptions.{name}";
#pragma warning disable CA2208 // The parameter is the caller's, who calls Fit.
            throw new ArgumentException(FormattableString.Invariant($"{option} is {value}, but {demand}."), "options");
#pragma warning restore CA2208
        }
    }
}
