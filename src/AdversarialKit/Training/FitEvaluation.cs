using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>The evaluations of one run: when they are due, who is told, and what becomes of the best.</summary>
internal sealed class FitEvaluation(AdversarialSystem system, FitOptions options, FitAudience audience, FitFindings findings, FitCheckpoints checkpoints, TrainingPace pace)
{
    private readonly ILogger _logger = system.Logger;
    private readonly HashSet<string> _warned = [];

    /// <summary>Evaluates where it is due, and writes a checkpoint where that is the best, even if the iteration was written before.</summary>
    /// <returns>Whether the run may go on; see <see cref="TryRun"/>.</returns>
    public bool RunAndWrite(bool isLast, CancellationToken token) =>
        TryRun(isLast, token, out var isBest) && (!isBest || checkpoints.Write(again: true));

    /// <summary>Evaluates where it is due. A run that is cancelled meanwhile makes up for it when it is resumed.</summary>
    /// <param name="isLast">Whether no iteration follows.</param>
    /// <param name="token">Ends the evaluation.</param>
    /// <param name="isBest">Whether it was made and is the best so far.</param>
    /// <returns>Whether the run may go on: false where the weights are not finite.</returns>
    public bool TryRun(bool isLast, CancellationToken token, out bool isBest)
    {
        isBest = false;
        if (!IsDue(isLast) || IsCancelled(token))
        {
            return true;
        }

        if (system.FindNotFinite() is { } fault)
        {
            findings.Diverge(fault);
            return false;
        }

        var result = Run(token);
        pace.Interrupted();
        isBest = result is { IsBest: true };
        return true;
    }

    private bool IsCancelled(CancellationToken token) => system.Team?.Any(token.IsCancellationRequested) ?? token.IsCancellationRequested;

    private bool IsDue(bool isLast) => options.Evaluation is { } evaluation
        && system.Iteration > 0
        && system.History.Last?.Iteration != system.Iteration
        && (isLast || system.Iteration % evaluation.Interval == 0);

    private EvaluationResult? Run(CancellationToken token)
    {
        var start = Stopwatch.GetTimestamp();
        using var telemetry = Telemetry.BeginEvaluation(system.Iteration);
        QualityReport quality;
        try
        {
            var evaluation = new SystemEvaluation(system, options.Evaluation!);
            quality = system.Team is { } team ? evaluation.RunWith(team) : evaluation.Run(token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return null;
        }

        var result = system.History.Add(system.Iteration, quality);
        var elapsed = Stopwatch.GetElapsedTime(start);
        Telemetry.EvaluationTime.Record(elapsed.TotalSeconds);
        Log(result, elapsed);
        audience.Evaluated(result);

        return result;
    }

    private void Log(EvaluationResult result, TimeSpan elapsed)
    {
        GanLog.Evaluated(_logger, result.Iteration, elapsed, result.Quality.ToLine() + (result.IsBest ? "; the best so far" : ""));
        foreach (var warning in result.Quality.Warnings.Where(_warned.Add))
        {
            GanLog.EvaluationDoubtful(_logger, warning);
        }
    }
}
