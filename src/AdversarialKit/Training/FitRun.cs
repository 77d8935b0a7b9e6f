using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>One call of <c>Fit</c>: iterations, and between them callbacks, checkpoints and a look at how it goes.</summary>
internal sealed class FitRun
{
    private readonly Gan _gan;
    private readonly IBatchSource _batches;
    private readonly FitOptions _options;
    private readonly ILogger _logger;
    private readonly Action<TrainingProgress>? _report;
    private readonly long _total;
    private readonly TrainingPace _pace = new();
    private readonly TrainingDoctor? _doctor;
    private readonly Divergence _divergence;
    private readonly List<Diagnosis> _diagnoses = [];
    private readonly Batch[] _step;
    private StepResult _last;
    private long _written;
    private string? _message;

    public FitRun(Gan gan, IBatchSource batches, FitOptions options, Action<TrainingProgress>? report)
    {
        (_gan, _batches, _options, _report) = (gan, batches, options, report);
        _logger = gan.Logger;
        _total = FitChecks.TotalIterations(options, batches, gan.Parts.DiscriminatorSteps);
        _doctor = options.Doctor ? new TrainingDoctor(gan.Parts.Objective.TakesProbabilities) : null;
        _divergence = new Divergence(gan.Parts);
        _step = new Batch[gan.Parts.DiscriminatorSteps];
        _written = gan.Iteration;
    }

    public FitResult Run(CancellationToken token)
    {
        using var telemetry = Telemetry.BeginRun(_gan.Iteration);
        try
        {
            return Run(telemetry, token);
        }
        catch (Exception error)
        {
            telemetry.Failed(error);
            throw;
        }
    }

    private FitResult Run(RunTelemetry telemetry, CancellationToken token)
    {
        GanLog.Started(_logger, _gan.Iteration, _total);
        foreach (var callback in _options.Callbacks)
        {
            callback.OnStart(_gan, _options);
        }

        StopReason? reason = null;
        while (reason is null)
        {
            reason = ReasonToStop(token) ?? Iterate(telemetry);
        }

        if (reason != StopReason.Diverged && !WriteCheckpoint(telemetry))
        {
            reason = StopReason.Diverged;
        }

        return End(telemetry, reason.Value);
    }

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

    private StopReason? Iterate(RunTelemetry telemetry)
    {
        var samples = _gan.SamplesSeen;
        var spread = double.NaN;
        using (NewDisposeScope())
        {
            if (!TryTakeBatches())
            {
                return StopReason.Completed;
            }

            _last = _gan.TrainStep(_step);
            if (_doctor is not null && _gan.Iteration % TrainingDoctor.SampleInterval == 0)
            {
                spread = SampleSpread.Measure(_gan.Parts, _step[^1]);
            }
        }

        _pace.Advance();
        telemetry.Completed(_gan.SamplesSeen - samples);
        if (_divergence.Find(_last) is { } fault)
        {
            Diverge(telemetry, fault);
            return StopReason.Diverged;
        }

        Examine(telemetry, spread);
        Report(telemetry);
        var due = _options.Checkpoints is { } checkpoints && _gan.Iteration % checkpoints.Interval == 0;
        return due && !WriteCheckpoint(telemetry) ? StopReason.Diverged : null;
    }

    private bool TryTakeBatches()
    {
        for (var i = 0; i < _step.Length; i++)
        {
            if (_batches.NextBatch() is not { } batch)
            {
                return false;
            }

            _step[i] = batch;
        }

        return true;
    }

    private void Examine(RunTelemetry telemetry, double spread)
    {
        if (_doctor is null)
        {
            return;
        }

        foreach (var found in _doctor.Examine(_last).Append(_doctor.ExamineSpread(_gan.Iteration, spread)).OfType<Diagnosis>())
        {
            Note(telemetry, found);
            GanLog.Diagnosed(_logger, found.Kind, found.Iteration, found.Message);
        }
    }

    private void Note(RunTelemetry telemetry, Diagnosis found)
    {
        _diagnoses.Add(found);
        telemetry.Found(found);
    }

    // Plain numbers, made once and only where somebody takes them.
    private void Report(RunTelemetry telemetry)
    {
        var callbacks = _options.Callbacks.Where(callback => _gan.Iteration % callback.Interval == 0).ToList();
        var due = _gan.Iteration % _options.ProgressInterval == 0 || _gan.Iteration == _total;
        if (callbacks.Count == 0 && !due && !Telemetry.GaugesAreObserved)
        {
            return;
        }

        var progress = Progress();
        telemetry.Observed(progress);
        if (due)
        {
            GanLog.Progressed(_logger, progress.Iteration, _total, _last.Discriminator.Loss, _last.Generator.Loss, progress.IterationsPerSecond);
            _report?.Invoke(progress);
        }

        try
        {
            callbacks.ForEach(callback => callback.OnProgress(_gan, progress));
        }
        catch
        {
            SaveWhatIsDone(telemetry);
            throw;
        }
    }

    private TrainingProgress Progress()
    {
        var remaining = _total > 0 && _pace.Rate > 0 ? TimeSpan.FromSeconds((_total - _gan.Iteration) / _pace.Rate) : (TimeSpan?)null;
        var left = _options.TimeLimit - _pace.Elapsed;
        return new TrainingProgress
        {
            Iteration = _gan.Iteration,
            TotalIterations = _total,
            Step = _last,
            Elapsed = _pace.Elapsed,
            IterationsPerSecond = _pace.Rate,
            Remaining = remaining is null || left < remaining ? left : remaining,
            DiscriminatorLearningRate = _gan.Parts.DiscriminatorOptimizer.ParamGroups.First().LearningRate,
            GeneratorLearningRate = _gan.Parts.GeneratorOptimizer.ParamGroups.First().LearningRate,
            SamplesSeen = _gan.SamplesSeen,
            Diagnoses = _doctor?.Present ?? [],
        };
    }

    // The callback's exception is the news; what becomes of the checkpoint beside it is logged.
    private void SaveWhatIsDone(RunTelemetry telemetry)
    {
        try
        {
            WriteCheckpoint(telemetry);
        }
        catch (CheckpointException error)
        {
            GanLog.CheckpointFailed(_logger, _gan.Iteration, error);
        }
    }

    /// <returns>Whether the run may go on: false where the weights are not finite, and then nothing was written.</returns>
    private bool WriteCheckpoint(RunTelemetry telemetry)
    {
        if (_options.Checkpoints is not { } checkpoints || _written == _gan.Iteration)
        {
            return true;
        }

        if (_gan.FindNotFinite() is { } fault)
        {
            Diverge(telemetry, fault);
            return false;
        }

        try
        {
            _gan.SaveCheckpoint(checkpoints.Directory, checkpoints.Retention, checkpoints.Metric?.Invoke(_gan), _batches);
            _written = _gan.Iteration;
        }
        catch (CheckpointException error) when (checkpoints.OnFailure == CheckpointFailure.Continue)
        {
            GanLog.CheckpointFailed(_logger, _gan.Iteration, error);
        }

        return true;
    }

    private void Diverge(RunTelemetry telemetry, string fault)
    {
        _message = $"At iteration {_gan.Iteration} {fault}. " + (_gan.Checkpoint is { } good
            ? $"The last good checkpoint is '{good}'; nothing was written over it."
            : "There is no checkpoint to go back to; FitOptions.Checkpoints has them written.") +
            " A lower learning rate, WithGradientClipping, or a penalty such as R1 usually helps.";
        Note(telemetry, new Diagnosis(DiagnosisKind.Diverged, _gan.Iteration, _message));
        GanLog.Diverged(_logger, _message);
    }

    private FitResult End(RunTelemetry telemetry, StopReason reason)
    {
        var result = new FitResult
        {
            Reason = reason,
            Iterations = _gan.Iteration,
            Elapsed = _pace.Elapsed,
            Last = _last,
            Diagnoses = [.. _diagnoses],
            Checkpoint = _gan.Checkpoint,
            Message = _message,
        };
        telemetry.Ended(result);
        GanLog.Ended(_logger, result.Iterations, result.Elapsed, reason);
        foreach (var callback in _options.Callbacks)
        {
            callback.OnEnd(_gan, result);
        }

        return result;
    }
}
