using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>What is found wrong during a run, told to all who listen.</summary>
internal sealed class FitFindings(AdversarialSystem system, bool examines, RunTelemetry telemetry)
{
    private readonly ILogger _logger = system.Logger;
    private readonly TrainingDoctor? _doctor = examines && system.Gan is { } gan ? new TrainingDoctor(gan.Parts.Objective.TakesProbabilities) : null;
    private readonly List<Diagnosis> _all = [];

    public IReadOnlyList<Diagnosis> All => [.. _all];

    /// <summary>What is wrong at present.</summary>
    public IReadOnlyList<Diagnosis> Present => _doctor?.Present ?? [];

    /// <summary>Why the run diverged; null where it did not.</summary>
    public string? Message { get; private set; }

    /// <summary>Looks at samples where it is time to; called inside the iteration's scope, while its batch lives.</summary>
    public double MeasureSpread(Batch batch) => _doctor is not null && system.Iteration % TrainingDoctor.SampleInterval == 0
        ? SampleSpread.Measure(system.Gan!.Parts, batch)
        : double.NaN;

    /// <returns>Whether the run may go on.</returns>
    public bool Examine(IterationResult result, StepResult step, double spread)
    {
        if (Divergence.Find(system, result) is { } fault)
        {
            Diverge(fault);
            return false;
        }

        foreach (var found in _doctor?.Examine(step).Append(_doctor.ExamineSpread(step.Iteration, spread)).OfType<Diagnosis>() ?? [])
        {
            Note(found);
            GanLog.Diagnosed(_logger, found.Kind, found.Iteration, found.Message);
        }

        return true;
    }

    public void Diverge(string fault)
    {
        Message = $"At iteration {system.Iteration} {fault}. " + (system.Checkpoint is { } good
            ? $"The last good checkpoint is '{good}'; nothing was written over it."
            : "There is no checkpoint to go back to; FitOptions.Checkpoints has them written.") +
            " A lower learning rate, WithGradientClipping, or a penalty such as R1 usually helps.";
        Note(new Diagnosis(DiagnosisKind.Diverged, system.Iteration, Message));
        GanLog.Diverged(_logger, Message);
    }

    private void Note(Diagnosis found)
    {
        _all.Add(found);
        telemetry.Found(found);
    }
}
