using System.Diagnostics;

namespace AdversarialKit.Benchmarks;

/// <summary>Trains one contender and judges it on the way; only the training is timed.</summary>
internal sealed class StackedTraining(StackedOptions options, StackedScore score, StatusLine status)
{
    private const int SheetSide = 10;

    public StackedResult Run(StackedLoss loss, Tensor digits, CancellationToken token)
    {
        using var contender = new StackedGan(loss, options);
        using var batches = StackedDigits.Batches(digits, options.BatchSize, options.Seed);
        var result = new StackedResult(loss, StopReason.Completed, [], []);
        for (var station = 1; station <= options.Stations && result.Reason == StopReason.Completed; station++)
        {
            result = Advance(result, contender.Gan, batches, station, token);
        }

        using var images = contender.Gan.Sample(SheetSide * SheetSide);
        ImageSheet.Draw(images, new ImageSheetOptions { Columns = SheetSide, Enlargement = 2, Background = (64, 64, 64) })
            .Save(Path.Combine(options.OutputFolder, $"stacked-{loss.ToString().ToLowerInvariant()}.png"));
        return result;
    }

    private StackedResult Advance(StackedResult before, Gan gan, TensorBatches batches, int station, CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.GetCurrentProcess();
        var processorBefore = process.TotalProcessorTime;
        var fit = gan.Fit(
            batches,
            new FitOptions
            {
                Iterations = Math.Max(1, (long)options.Iterations * station / options.Stations),
                Callbacks = [new StackedProgress(status, before.Title, options.Iterations)],
            },
            token);
        process.Refresh();
        var (seconds, processor) = (clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - processorBefore).TotalSeconds);
        if (before.Stations is [.., var earlier])
        {
            (seconds, processor) = (seconds + earlier.Seconds, processor + earlier.ProcessorSeconds);
        }

        var found = Judged(gan, before.Title);
        var row = new StackedStation(gan.Iteration, found.Modes, found.Divergence, seconds, processor);
        status.Done(FormattableString.Invariant(
            $"{before.Title}: {row.Iterations:N0} iterations, {row.Modes:N0} modes, class KL {row.Divergence:F4}, {processor:F0} s of processor time"));
        return before with
        {
            Reason = fit.Reason,
            Stations = [.. before.Stations, row],
            Diagnoses = [.. before.Diagnoses, .. fit.Diagnoses.Select(d => FormattableString.Invariant($"iteration {d.Iteration:N0}: {d.Message}"))],
        };
    }

    private ModeCountResult Judged(Gan gan, string title) => score.Of(
        options.Samples,
        images =>
        {
            using var scope = NewDisposeScope();
            return StackedDigits.Unstack(gan.Sample(images)).MoveToOuterDisposeScope();
        },
        share => status.Show(FormattableString.Invariant($"Judging {title}: {100 * share:F0} %")));
}
