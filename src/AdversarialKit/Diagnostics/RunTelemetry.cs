using System.Diagnostics;

namespace AdversarialKit;

/// <summary>What one run tells to who listens.</summary>
internal sealed class RunTelemetry(long id, Activity? activity, Action ended) : IDisposable
{
    private volatile TrainingProgress? _last;

    /// <summary>The last iteration, for gauges, which are read on other threads.</summary>
    public TrainingProgress? Last => _last;

    /// <summary>Tells runs of one process apart.</summary>
    public KeyValuePair<string, object?> Tag { get; } = new(Telemetry.RunTag, id);

    /// <summary>An iteration is completed.</summary>
    /// <param name="samples">Real samples that it was given.</param>
    public void Completed(long samples)
    {
        if (Telemetry.Iterations.Enabled || Telemetry.Samples.Enabled)
        {
            Telemetry.Iterations.Add(1, Tag);
            Telemetry.Samples.Add(samples, Tag);
        }
    }

    public void Observed(TrainingProgress progress) => _last = progress;

    public void Found(Diagnosis diagnosis)
    {
        Telemetry.Diagnoses.Add(1, Tag, new("adversarialkit.diagnosis", diagnosis.Kind.ToString()));
        activity?.AddEvent(new ActivityEvent("diagnosis", tags: new() { ["kind"] = diagnosis.Kind.ToString(), ["message"] = diagnosis.Message }));
    }

    public void Ended(FitResult result) => activity?
        .SetTag("adversarialkit.iteration.end", result.Iterations)
        .SetTag("adversarialkit.reason", result.Reason.ToString())
        .SetStatus(result.Reason == StopReason.Diverged ? ActivityStatusCode.Error : ActivityStatusCode.Ok, result.Message);

    public void Failed(Exception error) => activity?.SetStatus(ActivityStatusCode.Error, error.Message);

    public void Dispose()
    {
        activity?.Dispose();
        ended();
    }
}
