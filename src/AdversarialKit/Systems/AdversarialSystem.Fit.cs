namespace AdversarialKit;

/// <content>The training loop.</content>
public sealed partial class AdversarialSystem
{
    /// <summary>
    /// Trains: draws batches, makes iterations, calls callbacks, writes checkpoints, until one of the ends in
    /// <paramref name="options"/> is reached, the batches end, the token is cancelled, or training diverges.
    /// </summary>
    /// <param name="batches">The real batches. A source that is <see cref="IStateful"/> becomes part of checkpoints.</param>
    /// <param name="options">How long, and what goes along with it.</param>
    /// <param name="token">Ends the run after the iteration that is under way; a checkpoint is written.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentException">An option is wrong, nothing would end the run, or a batch does not fit, or a callback cannot follow a system.</exception>
    /// <exception cref="CheckpointException">A checkpoint could not be written, and <see cref="CheckpointOptions.OnFailure"/> says stop.</exception>
    /// <exception cref="NotSupportedException">Checkpoints are asked for, and an optimizer keeps its state in native code.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public FitResult Fit(IBatchSource batches, FitOptions options, CancellationToken token = default) =>
        Prepare(batches, options, token)(null, token);

    /// <summary>Trains as <see cref="Fit(IBatchSource, FitOptions, CancellationToken)"/> does, on any sequence of batches, until it ends at the latest.</summary>
    /// <param name="batches">The real batches, gone through once; see <see cref="Batches.FromSequence"/>.</param>
    /// <param name="options">How long, and what goes along with it.</param>
    /// <param name="token">Ends the run after the iteration that is under way; a checkpoint is written.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentException">An option is wrong, or a batch does not fit, or a callback cannot follow a system.</exception>
    /// <exception cref="CheckpointException">A checkpoint could not be written, and <see cref="CheckpointOptions.OnFailure"/> says stop.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public FitResult Fit(IEnumerable<Batch> batches, FitOptions options, CancellationToken token = default)
    {
        using var sequence = new SequenceBatches(batches ?? throw new ArgumentNullException(nameof(batches)));
        return Fit(sequence, options, token);
    }

    /// <summary>Trains as <see cref="Fit(IBatchSource, FitOptions, CancellationToken)"/> does, on a thread of its own that starts at once.</summary>
    /// <param name="batches">The real batches, drawn on that thread.</param>
    /// <param name="options">How long, and what goes along with it; callbacks run on that thread.</param>
    /// <param name="token">Ends the run after the iteration that is under way; a checkpoint is written.</param>
    /// <returns>The run: its progress to enumerate, its result to await. Exceptions of the run come out of both.</returns>
    /// <exception cref="ArgumentException">An option is wrong, or nothing would end the run.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public TrainingRun FitAsync(IBatchSource batches, FitOptions options, CancellationToken token = default) =>
        new(Prepare(batches, options, token), token);

    /// <summary>Until disposed, the system may be moved as one likes; then it is as it was. To be used while it is held.</summary>
    internal IDisposable KeepState()
    {
        ThrowIfDisposed();
        var counters = SystemCounters.Of(this);
        return _state.Keep(() => counters.ApplyTo(this));
    }

    internal string? FindNotFinite()
    {
        using var held = _gate.Enter();
        return _state.FindNotFinite();
    }

    // What is wrong on one rank alone, such as a file that its machine lacks, keeps all from beginning: the others would wait for it.
    private Func<Action<TrainingProgress>?, CancellationToken, FitResult> Prepare(IBatchSource batches, FitOptions options, CancellationToken token) =>
        Team is { } team ? team.Together("begin the run", () => PrepareHere(batches, options, token)) : PrepareHere(batches, options, token);

    private Func<Action<TrainingProgress>?, CancellationToken, FitResult> PrepareHere(IBatchSource batches, FitOptions options, CancellationToken token)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(options);
        FitChecks.Check(options, batches, token);
        FitAudience.Check(this, options);
        options = options.WithFullPaths();
        options = Team is { IsFirst: false } ? options with { Callbacks = [] } : options;
        if (options.Checkpoints is not null)
        {
            _state.ThrowIfUnreadable();
        }

        _ = FitChecks.TotalIterations(options, batches, BatchesPerIteration);
        if (options.Evaluation is { } evaluation)
        {
            new SystemEvaluation(this, evaluation).Rehearse();
            History.RankBy(evaluation.Best);
        }

        return (report, ends) => FitRun.Run(this, batches, options, report, ends);
    }
}
