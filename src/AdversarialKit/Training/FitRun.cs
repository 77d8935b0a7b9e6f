using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>One call of <c>Fit</c>: iterations, and between them callbacks, checkpoints and a look at how it goes.</summary>
internal sealed class FitRun
{
    private readonly AdversarialSystem _system;
    private readonly FitAudience _audience;
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
    private int _taken;
    private IterationResult? _last;

    private FitRun(AdversarialSystem system, IBatchSource batches, FitOptions options, Action<TrainingProgress>? report, RunTelemetry telemetry)
    {
        (_system, _batches, _options, _report, _telemetry) = (system, batches, options, report, telemetry);
        _logger = system.Logger;
        _audience = new FitAudience(system, options);
        _findings = new FitFindings(system, options.Doctor, telemetry);
        _checkpoints = new FitCheckpoints(system, batches, options, _findings);
        _evaluation = new FitEvaluation(system, options, _audience, _findings, _checkpoints, _pace);
        _step = new Batch[system.BatchesPerIteration];
        _total = FitChecks.TotalIterations(options, batches, _step.Length);
    }

    /// <param name="system">The system.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="options">The options, checked.</param>
    /// <param name="report">Gets the progress every so many iterations; null where nobody does.</param>
    /// <param name="token">Ends the run.</param>
    public static FitResult Run(AdversarialSystem system, IBatchSource batches, FitOptions options, Action<TrainingProgress>? report, CancellationToken token)
    {
        using var telemetry = Telemetry.BeginRun(system.Iteration);
        try
        {
            using var onlyWriter = system.Team is { } team
                ? team.Together("begin the run", () => team.IsFirst ? RunLock.Of(system, options.Checkpoints) : null)
                : RunLock.Of(system, options.Checkpoints);
            system.Team?.Compare(FitChecks.Describe(options, batches), TeamDifferences.Find);
            return new FitRun(system, batches, options, report, telemetry).Run(token);
        }
        catch (Exception error)
        {
            telemetry.Failed(error);
            system.Team?.AbortUnlessAgreed(error);
            throw;
        }
    }

    private FitResult Run(CancellationToken token)
    {
        GanLog.Started(_logger, _system.Iteration, _total);
        _audience.Start();

        return End(_checkpoints.WriteIfThrown(() => Train(token)));
    }

    // Whatever throws in here, data, networks, callbacks, evaluation: what is finished is written.
    private StopReason Train(CancellationToken token)
    {
        // Due here: a run that was stopped in the middle of an evaluation.
        StopReason? reason = _evaluation.RunAndWrite(isLast: _system.Iteration == _total, token) ? null : StopReason.Diverged;
        while (reason is null)
        {
            reason = Agreed(ReasonToStop(token)) ?? Iterate(token);
        }

        return reason != StopReason.Diverged && !Close(reason.Value, token) ? StopReason.Diverged : reason.Value;
    }

    /// <returns>False where the weights are not finite.</returns>
    private bool Close(StopReason reason, CancellationToken token) =>
        (reason == StopReason.Cancelled || _evaluation.RunAndWrite(isLast: true, token)) && _checkpoints.Write();

    private StopReason? ReasonToStop(CancellationToken token)
    {
        if (_total > 0 && _system.Iteration >= _total)
        {
            return StopReason.Completed;
        }

        if (token.IsCancellationRequested)
        {
            return StopReason.Cancelled;
        }

        return _pace.Elapsed >= _options.TimeLimit ? StopReason.TimeLimit : null;
    }

    private StopReason? Agreed(StopReason? reason) => _system.Team is { } team ? team.Agree(reason) : reason;

    private StopReason? Iterate(CancellationToken token)
    {
        long samples;
        BatchLook look;

        // Held with the batches, since a checkpoint of another thread holds their position, and with the look at samples, which changes modes.
        using (_system.Gate.Enter())
        using (NewDisposeScope())
        {
            samples = _system.SamplesSeen;
            _taken = TakeBatches();
            if (_system.Team?.Any(_taken < _step.Length) ?? _taken < _step.Length)
            {
                return StopReason.Completed;
            }

            _last = _system.Iterate(_step);
            look = _findings.Look(_last, _step);
            samples = _system.SamplesSeen - samples;
        }

        _system.Log(_last);
        _pace.Advance();
        _telemetry.Completed(samples);
        if (!_findings.Examine(_last, StepOf(_last), look) || !_evaluation.TryRun(_system.Iteration == _total, token, out var isBest))
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
        var callbacks = _audience.Due();
        var isDue = _system.Iteration % _options.ProgressInterval == 0 || _system.Iteration == _total;
        if (callbacks.Count == 0 && !isDue && !Telemetry.GaugesAreObserved)
        {
            return;
        }

        var progress = Progress();
        _telemetry.Observed(progress);
        if (isDue)
        {
            LogProgress(progress);
            _report?.Invoke(progress);
        }

        _audience.Progress(callbacks, progress);
    }

    private TrainingProgress Progress()
    {
        var toTheEnd = _total > 0 ? _pace.TimeFor(_total - _system.Iteration) : null;
        var rates = _system.Steps.ToDictionary(step => step.Name, step => CurrentRate.Of(step.Optimizer));
        var toTheLimit = _options.TimeLimit - _pace.Elapsed;
        return new TrainingProgress
        {
            Iteration = _system.Iteration,
            TotalIterations = _total,
            Step = StepOf(_last),
            Result = _last,
            Elapsed = _pace.Elapsed,
            IterationsPerSecond = _pace.Rate,
            Remaining = toTheEnd is null || toTheLimit < toTheEnd ? toTheLimit : toTheEnd,
            LearningRates = rates,
            DiscriminatorLearningRate = rates.GetValueOrDefault(GanSystem.Discriminator, double.NaN),
            GeneratorLearningRate = rates.GetValueOrDefault(GanSystem.Generator, double.NaN),
            SamplesSeen = _system.SamplesSeen,
            Diagnoses = _findings.Present,
            Evaluation = _system.History.Last,
        };
    }

    private FitResult End(StopReason reason)
    {
        var result = new FitResult
        {
            Reason = reason,
            Iterations = _system.Iteration,
            Elapsed = _pace.Elapsed,
            Last = StepOf(_last),
            LastResult = _last,
            Diagnoses = _findings.All,
            Evaluations = _system.Evaluations,
            Best = _system.History.Best,
            Checkpoint = _system.Checkpoint,
            Message = _findings.Message ?? new FitEnd(_total, _step.Length, _options.TimeLimit).Message(reason, _system.Iteration, _taken),
        };
        _telemetry.Ended(result);
        GanLog.Ended(_logger, result, _total);
        return _audience.End(result);
    }

    // A GAN's numbers have names of their own; those of other systems are read from the result.
    private StepResult StepOf(IterationResult? result) => _system.Gan is null || result is null ? default : Gan.Read(result);

    private void LogProgress(TrainingProgress progress)
    {
        if (_system.Gan is not null)
        {
            var (discriminator, generator) = (progress.Step.Discriminator.Loss, progress.Step.Generator.Loss);
            GanLog.Progressed(_logger, progress.Iteration, _total, discriminator, generator, progress.IterationsPerSecond);
        }
        else if (_logger.IsEnabled(LogLevel.Debug))
        {
            GanLog.SystemProgressed(_logger, progress.Iteration, _total, progress.Result!.ToString(), progress.IterationsPerSecond);
        }
    }
}
