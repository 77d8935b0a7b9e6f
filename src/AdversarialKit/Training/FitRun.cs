using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>One call of <c>Fit</c>: iterations, and between them callbacks, checkpoints and a look at how it goes.</summary>
internal sealed class FitRun
{
    private readonly Gan _gan;
    private readonly IBatchSource _batches;
    private readonly FitOptions _options;
    private readonly RunTelemetry _telemetry;
    private readonly Action<TrainingProgress>? _report;
    private readonly ILogger _logger;
    private readonly FitFindings _findings;
    private readonly FitCheckpoints _checkpoints;
    private readonly FitEvaluation _evaluation;
    private readonly TrainingPace _pace = new();
    private readonly Batch[] _step;
    private readonly long _total;
    private StepResult _last;
    private int _taken;

    private FitRun(Gan gan, IBatchSource batches, FitOptions options, Action<TrainingProgress>? report, RunTelemetry telemetry)
    {
        (_gan, _batches, _options, _report, _telemetry) = (gan, batches, options, report, telemetry);
        _logger = gan.Logger;
        _findings = new FitFindings(gan, options.Doctor, telemetry);
        _checkpoints = new FitCheckpoints(gan, batches, options, _findings);
        _evaluation = new FitEvaluation(gan, options, _findings, _checkpoints, _pace);
        _step = new Batch[gan.Parts.DiscriminatorSteps];
        _total = FitChecks.TotalIterations(options, batches, _step.Length);
    }

    /// <param name="gan">The GAN.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="options">The options, checked.</param>
    /// <param name="report">Gets the progress every so many iterations; null where nobody does.</param>
    /// <param name="token">Ends the run.</param>
    public static FitResult Run(Gan gan, IBatchSource batches, FitOptions options, Action<TrainingProgress>? report, CancellationToken token)
    {
        using var telemetry = Telemetry.BeginRun(gan.Iteration);
        try
        {
            return new FitRun(gan, batches, options, report, telemetry).Run(token);
        }
        catch (Exception error)
        {
            telemetry.Failed(error);
            throw;
        }
    }

    private FitResult Run(CancellationToken token)
    {
        GanLog.Started(_logger, _gan.Iteration, _total);
        foreach (var callback in _options.Callbacks)
        {
            callback.OnStart(_gan, _options);
        }

        return End(_checkpoints.WriteIfThrown(() => Train(token)));
    }

    // Whatever throws in here, data, networks, callbacks, evaluation: what is finished is written.
    private StopReason Train(CancellationToken token)
    {
        // Due here: a run that was stopped in the middle of an evaluation.
        StopReason? reason = _evaluation.RunAndWrite(isLast: _gan.Iteration == _total, token) ? null : StopReason.Diverged;
        while (reason is null)
        {
            reason = ReasonToStop(token) ?? Iterate(token);
        }

        return reason != StopReason.Diverged && !Close(reason.Value, token) ? StopReason.Diverged : reason.Value;
    }

    /// <returns>False where the weights are not finite.</returns>
    private bool Close(StopReason reason, CancellationToken token) =>
        (reason == StopReason.Cancelled || _evaluation.RunAndWrite(isLast: true, token)) && _checkpoints.Write();

    private StopReason? ReasonToStop(CancellationToken token)
    {
        if (_total > 0 && _gan.Iteration >= _total)
        {
            return StopReason.Completed;
        }

        if (token.IsCancellationRequested)
        {
            return StopReason.Cancelled;
        }

        return _pace.Elapsed >= _options.TimeLimit ? StopReason.TimeLimit : null;
    }

    private StopReason? Iterate(CancellationToken token)
    {
        var samples = _gan.SamplesSeen;
        BatchLook look;
        using (NewDisposeScope())
        {
            if ((_taken = TakeBatches()) < _step.Length)
            {
                return StopReason.Completed;
            }

            _last = _gan.TrainStep(_step);
            look = _findings.Look(_last, _step);
        }

        _pace.Advance();
        _telemetry.Completed(_gan.SamplesSeen - samples);
        if (!_findings.Examine(_last, look) || !_evaluation.TryRun(_gan.Iteration == _total, token, out var isBest))
        {
            return StopReason.Diverged;
        }

        Report();
        return (isBest || _checkpoints.AreDue) && !_checkpoints.Write() ? StopReason.Diverged : null;
    }

    private int TakeBatches()
    {
        var taken = 0;
        while (taken < _step.Length && _batches.NextBatch() is { } batch)
        {
            _step[taken++] = batch;
        }

        return taken;
    }

    // Plain numbers, made once and only where somebody takes them.
    private void Report()
    {
        var callbacks = _options.Callbacks.Where(callback => _gan.Iteration % callback.Interval == 0).ToList();
        var isDue = _gan.Iteration % _options.ProgressInterval == 0 || _gan.Iteration == _total;
        if (callbacks.Count == 0 && !isDue && !Telemetry.GaugesAreObserved)
        {
            return;
        }

        var progress = Progress();
        _telemetry.Observed(progress);
        if (isDue)
        {
            GanLog.Progressed(_logger, progress.Iteration, _total, _last.Discriminator.Loss, _last.Generator.Loss, progress.IterationsPerSecond);
            _report?.Invoke(progress);
        }

        callbacks.ForEach(callback => callback.OnProgress(_gan, progress));
    }

    private TrainingProgress Progress()
    {
        var toTheEnd = _total > 0 ? _pace.TimeFor(_total - _gan.Iteration) : null;
        var toTheLimit = _options.TimeLimit - _pace.Elapsed;
        return new TrainingProgress
        {
            Iteration = _gan.Iteration,
            TotalIterations = _total,
            Step = _last,
            Elapsed = _pace.Elapsed,
            IterationsPerSecond = _pace.Rate,
            Remaining = toTheEnd is null || toTheLimit < toTheEnd ? toTheLimit : toTheEnd,
            DiscriminatorLearningRate = CurrentRate.Of(_gan.Parts.DiscriminatorOptimizer),
            GeneratorLearningRate = CurrentRate.Of(_gan.Parts.GeneratorOptimizer),
            SamplesSeen = _gan.SamplesSeen,
            Diagnoses = _findings.Present,
            Evaluation = _gan.History.Last,
        };
    }

    private FitResult End(StopReason reason)
    {
        var result = new FitResult
        {
            Reason = reason,
            Iterations = _gan.Iteration,
            Elapsed = _pace.Elapsed,
            Last = _last,
            Diagnoses = _findings.All,
            Evaluations = _gan.Evaluations,
            Best = _gan.History.Best,
            Checkpoint = _gan.Checkpoint,
            Message = _findings.Message ?? new FitEnd(_total, _step.Length, _options.TimeLimit).Message(reason, _gan.Iteration, _taken),
        };
        _telemetry.Ended(result);
        GanLog.Ended(_logger, result, _total);
        foreach (var callback in _options.Callbacks)
        {
            callback.OnEnd(_gan, result);
        }

        return result;
    }
}
