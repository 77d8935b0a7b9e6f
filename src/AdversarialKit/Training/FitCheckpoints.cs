using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>The checkpoints of one run.</summary>
internal sealed class FitCheckpoints(AdversarialSystem system, IBatchSource batches, FitOptions run, FitFindings findings)
{
    private readonly CheckpointOptions? _options = run.Checkpoints;
    private readonly ILogger _logger = system.Logger;
    private long _written = system.Iteration;
    private long _failed = -1;
    private bool _beginsRun = system.Checkpoint is null;

    public bool AreDue => _options is not null && system.Iteration % _options.Interval == 0;

    /// <summary>Writes the finished iteration, unless that was done.</summary>
    /// <param name="again">Whether to write what was written already: it has since been found to be the best.</param>
    /// <returns>Whether the run may go on: false where the weights are not finite, and then nothing was written.</returns>
    public bool Write(bool again = false)
    {
        if (_options is null || (_written == system.Iteration && !again))
        {
            return true;
        }

        if (system.FindNotFinite() is { } fault)
        {
            findings.Diverge(fault);
            return false;
        }

        Save(system.Team is { IsFirst: false } ? default : Metric());
        return true;
    }

    /// <summary>
    /// Where work throws, which ends the run, writes what is finished beside it: the exception is the news, and a failure here is
    /// logged. One that broke off within an iteration may have moved weights of it already.
    /// </summary>
    public T WriteIfThrown<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch when (system.Team is null)
        {
            WriteBeside();
            throw;
        }
    }

    private void Save(CheckpointMetric metric)
    {
        try
        {
            _failed = system.Iteration;
            system.SaveCheckpoint(_options!.Directory, Retention(), metric, batches);
            (_written, _failed) = (system.Iteration, -1);
            _beginsRun = false;
        }
        catch (CheckpointException error) when (_options!.OnFailure == CheckpointFailure.Continue)
        {
            GanLog.CheckpointFailed(_logger, system.Iteration, error);
        }
    }

    private void WriteBeside()
    {
        if (_options is null || _written == system.Iteration || _failed == system.Iteration)
        {
            return;
        }

        try
        {
            if (system.FindNotFinite() is not null)
            {
                return;
            }

            Save(MetricBeside());
            if (system.IsWithinIteration && _written == system.Iteration)
            {
                GanLog.CheckpointWithinIteration(_logger, system.Iteration);
            }
        }
#pragma warning disable CA1031 // Whatever it is, the exception that ended the run must come out.
        catch (Exception error)
#pragma warning restore CA1031
        {
            GanLog.CheckpointFailed(_logger, system.Iteration, error);
        }
    }

    // What ended the run may be the caller's metric, and weights between two iterations are none to be measured.
    private CheckpointMetric MetricBeside()
    {
        try
        {
            if (!system.IsWithinIteration)
            {
                return Metric();
            }
        }
#pragma warning disable CA1031 // As above.
        catch (Exception error)
#pragma warning restore CA1031
        {
            GanLog.MetricFailed(_logger, system.Iteration, error);
        }

        return new CheckpointMetric(null, BeginsRun: _beginsRun && (_options!.Metric is not null || run.Evaluation is not null));
    }

    private CheckpointRetention Retention() => run.Evaluation is { } evaluation
        ? _options!.Retention with { MetricDirection = QualityReport.DirectionOf(evaluation.Best) }
        : _options!.Retention;

    private double? MetricOf(CheckpointOptions options) =>
        system.Gan is { } gan && options.Metric is { } ofGan ? ofGan(gan) : options.SystemMetric?.Invoke(system);

    private CheckpointMetric Metric()
    {
        if (run.Evaluation is not { } evaluation)
        {
            return new CheckpointMetric(MetricOf(_options!), BeginsRun: (_options!.Metric is not null || _options.SystemMetric is not null) && _beginsRun);
        }

        var here = system.History.Last is { } last && last.Iteration == system.Iteration ? last : null;
        return new CheckpointMetric(here?.Quality.Value(evaluation.Best), evaluation.Best.ToString(), _beginsRun);
    }
}
