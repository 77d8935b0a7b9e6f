using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <content>Iterations, and steps made by hand.</content>
public sealed partial class AdversarialSystem
{
    /// <summary>Makes one iteration: every step, in order.</summary>
    /// <param name="batches">
    /// As many batches as <see cref="BatchesPerIteration"/> says. A step that comes k times takes the last k of them, in order. They remain
    /// the caller's.
    /// </param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">The number of batches is wrong, or one does not fit; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public IterationResult TrainStep(params Batch[] batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        var result = Iterate(batches);
        Log(result);
        return result;
    }

    /// <summary>Makes one step alone, for a schedule of your own. Call <see cref="CompleteIteration"/> when an iteration of it is done.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="batch">Its batch; remains the caller's.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">No step has this name, or the batch does not fit; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public StepNumbers Run(string step, Batch batch)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Run(StepOf(step), batch);
    }

    /// <summary>Ends an iteration that was made step by step: averages follow, schedules and counters go on.</summary>
    /// <param name="samples">The number of samples that it saw, at least 0; averages with a half-life go by it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public void CompleteIteration(long samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        using var held = _gate.Enter();
        ThrowIfDisposed();
        SamplesSeen += samples;
        Complete(samples, null);
    }

    internal StepNumbers Run(CompiledStep step, Batch batch, Action<StepContext>? instead = null)
    {
        using var held = _gate.Enter();
        ThrowIfDisposed();
        GradientMode.ThrowIfOff();
        using var scope = NewDisposeScope();
        FollowSchedules();
        var (named, shares) = Take([batch]);
        SamplesOfLastRun = shares[0].Total;
        var measures = Make(step, named[0], new StepRun(_parts.Random, Iteration, _shared) { Part = shares[0].Part }, instead);
        return new StepNumbers(step.Name, measures.Names, OverAllRanks(Scalars.Read(measures.Vector!), shares[0]));
    }

    /// <summary><see cref="TrainStep"/> without the log, for who holds the system: a logger may wait for a thread that waits for it.</summary>
    internal IterationResult Iterate(ReadOnlySpan<Batch> batches)
    {
        using var held = _gate.Enter();
        ThrowIfDisposed();
        GradientMode.ThrowIfOff();
        if (batches.Length != BatchesPerIteration)
        {
            throw new ArgumentException(
                $"An iteration of this system takes {BatchesPerIteration} batches, but got {batches.Length}. Pass {BatchesPerIteration}, or change the repeats of its steps.",
                nameof(batches));
        }

        using var scope = NewDisposeScope();
        var (named, shares) = Take(batches);
        FollowSchedules();
        IsWithinIteration = true;
        var result = new IterationResult(Iteration + 1, RunAll(named, shares));
        foreach (var share in shares)
        {
            SamplesSeen += share.Total;
        }

        Complete(shares[^1].Total, result);
        return result;
    }

    /// <summary>The samples of all ranks in the last step that was made by hand.</summary>
    internal long SamplesOfLastRun { get; private set; }

    /// <summary>Whether an iteration broke off on its way: then weights may be between two iterations.</summary>
    internal bool IsWithinIteration { get; private set; }

    /// <summary>An iteration is done.</summary>
    internal void Complete(long samples, IterationResult? result)
    {
        Iteration++;
        IsWithinIteration = false;
        _shared.Clear();
        foreach (var average in _parts.Averages)
        {
            average.Average.Update(samples);
        }

        _parts.Complete?.Invoke(samples, result);
    }

    // Reading a number makes the host wait for the device: all of an iteration are read at once.
    private List<StepNumbers> RunAll(NamedBatch[] batches, TeamShare[] shares)
    {
        try
        {
            var measured = new List<(CompiledStep Step, StepMeasures Measures, TeamShare Share)>();
            foreach (var step in _parts.Steps)
            {
                var repeats = step.Plan.Repeats;
                for (var i = 0; i < repeats; i++)
                {
                    var batch = batches.Length - repeats + i;
                    var run = new StepRun(_parts.Random, Iteration, _shared, IsLast: i == repeats - 1) { Part = shares[batch].Part };
                    measured.Add((step, Make(step, batches[batch].Copy(), run), shares[batch]));
                }
            }

            return Read(measured);
        }
        catch (Exception error)
        {
            _shared.Clear();
            Team?.AbortUnlessAgreed(error);
            throw;
        }
    }

    private List<StepNumbers> Read(List<(CompiledStep Step, StepMeasures Measures, TeamShare Share)> measured)
    {
        var all = OverAllRanks(Scalars.Read(cat([.. measured.Select(run => run.Measures.Vector!)])), measured).AsSpan();
        var runs = new List<StepNumbers>(measured.Count);
        foreach (var (step, measures, _) in measured)
        {
            runs.Add(new StepNumbers(step.Name, measures.Names, all[..measures.Names.Count].ToArray()));
            all = all[measures.Names.Count..];
        }

        return runs;
    }

    internal void Log(IterationResult result)
    {
        if (!_logger.IsEnabled(LogLevel.Trace))
        {
            return;
        }

        if (Gan is null)
        {
            GanLog.SystemStepped(_logger, result.Iteration, result.ToString());
        }
        else
        {
            var (_, discriminator, generator) = AdversarialKit.Gan.Read(result);
            GanLog.Stepped(_logger, result.Iteration, discriminator.Loss, discriminator.Accuracy, generator.Loss);
        }
    }

    private void FollowSchedules()
    {
        foreach (var step in _parts.Steps)
        {
            step.FollowSchedule(Iteration);
        }
    }

    private CompiledStep StepOf(string name) => _parts.Steps.FirstOrDefault(step => step.Name == name) ?? throw new ArgumentException(
        $"There is no step '{name}'; there are {string.Join(", ", _parts.Steps.Select(step => $"'{step.Name}'"))}.", nameof(name));
}
