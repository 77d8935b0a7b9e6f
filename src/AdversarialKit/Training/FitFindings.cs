using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>What is found wrong during a run, told to all who listen.</summary>
internal sealed class FitFindings(AdversarialSystem system, bool examines, RunTelemetry telemetry)
{
    private readonly ILogger _logger = system.Logger;
    private readonly TrainingDoctor? _doctor = examines && system.Gan is { } gan
        ? new TrainingDoctor(gan.Parts.Objective.TakesProbabilities, ValueRange.BoundOf(gan.Parts.Generator.Module))
        : null;

    private readonly List<Diagnosis> _all = [];
    private bool _hasLooked;

    public IReadOnlyList<Diagnosis> All => [.. _all];

    /// <summary>What is wrong at present.</summary>
    public IReadOnlyList<Diagnosis> Present => _doctor?.Present ?? [];

    /// <summary>Why the run diverged; null where it did not.</summary>
    public string? Message { get; private set; }

    /// <summary>Looks at the iteration's batches, and at samples where it is time to; called inside its scope, while they live.</summary>
    public BatchLook Look(IterationResult result, ReadOnlySpan<Batch> batches)
    {
        if (Divergence.Find(system, result) is not null)
        {
            return BatchLook.None with { DataFault = NotFiniteData.Find(batches) };
        }

        if (_doctor is null || (system.Iteration % TrainingDoctor.SampleInterval != 0 && _hasLooked))
        {
            return BatchLook.None;
        }

        _hasLooked = true;
        return system.Iteration % TrainingDoctor.SampleInterval == 0
            ? SampleSpread.Measure(system.Gan!.Parts, batches[^1])
            : BatchLook.None with { Real = RangeOf(batches[^1]) };
    }

    /// <returns>Whether the run may go on.</returns>
    public bool Examine(IterationResult result, StepResult step, BatchLook look)
    {
        if (Divergence.Find(system, result) is { } fault)
        {
            Diverge(fault, look.DataFault);
            return false;
        }

        foreach (var found in _doctor?.Examine(step, look) ?? [])
        {
            Note(found);
            GanLog.Diagnosed(_logger, found.Kind, found.Iteration, found.Message);
        }

        return true;
    }

    /// <param name="fault">The quantity that is not finite, and its value.</param>
    /// <param name="dataFault">What is wrong with the data, where they are the cause.</param>
    public void Diverge(string fault, string? dataFault = null)
    {
        Message = $"At iteration {system.Iteration} {fault}. " + (dataFault is null ? "" : dataFault + " ") + (system.Checkpoint is { } good
            ? $"The last good checkpoint is '{good}'; nothing was written over it."
            : "There is no checkpoint to go back to; FitOptions.Checkpoints has them written.") + (dataFault is null
                ? " A lower learning rate, WithGradientClipping, or a penalty such as R1 usually helps."
                : " Mend the data.");
        Note(new Diagnosis(DiagnosisKind.Diverged, system.Iteration, Message));
        GanLog.Diverged(_logger, Message);
    }

    private static ValueRange RangeOf(Batch batch)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        var (least, most) = ValueRange.Measure(batch.Real);
        var measured = Scalars.Read(Scalars.Stack(least, most));
        return new ValueRange(measured[0], measured[1]);
    }

    private void Note(Diagnosis found)
    {
        _all.Add(found);
        telemetry.Found(found);
    }
}
