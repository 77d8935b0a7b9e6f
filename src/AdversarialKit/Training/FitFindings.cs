using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>What is found wrong during a run, told to all who listen.</summary>
internal sealed class FitFindings(Gan gan, bool examines, RunTelemetry telemetry)
{
    private readonly ILogger _logger = gan.Logger;
    private readonly TrainingDoctor? _doctor = examines ? new TrainingDoctor(gan.Parts.Objective.TakesProbabilities, ValueRange.BoundOf(gan.Parts.Generator.Module)) : null;
    private readonly Divergence _divergence = new(gan.Parts);
    private readonly List<Diagnosis> _all = [];
    private bool _hasLooked;

    public IReadOnlyList<Diagnosis> All => [.. _all];

    /// <summary>What is wrong at present.</summary>
    public IReadOnlyList<Diagnosis> Present => _doctor?.Present ?? [];

    /// <summary>Why the run diverged; null where it did not.</summary>
    public string? Message { get; private set; }

    /// <summary>Looks at the iteration's batches, and at samples where it is time to; called inside its scope, while they live.</summary>
    public BatchLook Look(StepResult step, ReadOnlySpan<Batch> batches)
    {
        if (_divergence.Find(step) is not null)
        {
            return BatchLook.None with { DataFault = NotFiniteData.Find(batches) };
        }

        if (_doctor is null || (gan.Iteration % TrainingDoctor.SampleInterval != 0 && _hasLooked))
        {
            return BatchLook.None;
        }

        _hasLooked = true;
        return gan.Iteration % TrainingDoctor.SampleInterval == 0
            ? SampleSpread.Measure(gan.Parts, batches[^1])
            : BatchLook.None with { Real = RangeOf(batches[^1]) };
    }

    /// <returns>Whether the run may go on.</returns>
    public bool Examine(StepResult step, BatchLook look)
    {
        if (_divergence.Find(step) is { } fault)
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
        Message = $"At iteration {gan.Iteration} {fault}. " + (dataFault is null ? "" : dataFault + " ") + (gan.Checkpoint is { } good
            ? $"The last good checkpoint is '{good}'; nothing was written over it."
            : "There is no checkpoint to go back to; FitOptions.Checkpoints has them written.") + (dataFault is null
                ? " A lower learning rate, WithGradientClipping, or a penalty such as R1 usually helps."
                : " Mend the data.");
        Note(new Diagnosis(DiagnosisKind.Diverged, gan.Iteration, Message));
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
