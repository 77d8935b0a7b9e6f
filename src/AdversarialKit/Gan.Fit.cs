namespace AdversarialKit;

/// <content>The training loop.</content>
public sealed partial class Gan
{
    internal GanParts Parts => _parts;

    /// <summary>
    /// Trains: draws batches, makes iterations, calls callbacks, writes checkpoints, until one of the ends in
    /// <paramref name="options"/> is reached, the batches end, the token is cancelled, or training diverges.
    /// </summary>
    /// <param name="batches">The real batches. A source that is <see cref="IStateful"/> becomes part of checkpoints.</param>
    /// <param name="options">How long, and what goes along with it.</param>
    /// <param name="token">Ends the run after the iteration that is under way; a checkpoint is written.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentException">An option is wrong, nothing would end the run, or a batch does not fit the networks.</exception>
    /// <exception cref="CheckpointException">A checkpoint could not be written, and <see cref="CheckpointOptions.OnFailure"/> says stop; or another run writes to the same directory.</exception>
    /// <exception cref="NotSupportedException">Checkpoints are asked for, and an optimizer's state cannot be read: it lies in native code, or in another optimizer that it wraps.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public FitResult Fit(IBatchSource batches, FitOptions options, CancellationToken token = default) =>
        System.Fit(batches, options, token);

    /// <summary>Trains as <see cref="Fit(IBatchSource, FitOptions, CancellationToken)"/> does, on any sequence of batches, until it ends at the latest.</summary>
    /// <param name="batches">The real batches, gone through once; see <see cref="Batches.FromSequence"/>.</param>
    /// <param name="options">How long, and what goes along with it.</param>
    /// <param name="token">Ends the run after the iteration that is under way; a checkpoint is written.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentException">An option is wrong, or a batch does not fit the networks.</exception>
    /// <exception cref="CheckpointException">A checkpoint could not be written, and <see cref="CheckpointOptions.OnFailure"/> says stop; or another run writes to the same directory.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public FitResult Fit(IEnumerable<Batch> batches, FitOptions options, CancellationToken token = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return System.Fit(batches, options, token);
    }

    /// <summary>Trains as <see cref="Fit(IBatchSource, FitOptions, CancellationToken)"/> does, on a thread of its own that starts at once.</summary>
    /// <param name="batches">The real batches, drawn on that thread.</param>
    /// <param name="options">How long, and what goes along with it; callbacks run on that thread.</param>
    /// <param name="token">Ends the run after the iteration that is under way; a checkpoint is written.</param>
    /// <returns>The run: its progress to enumerate, its result to await. Exceptions of the run come out of both.</returns>
    /// <exception cref="ArgumentException">An option is wrong, or nothing would end the run.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public TrainingRun FitAsync(IBatchSource batches, FitOptions options, CancellationToken token = default) =>
        System.FitAsync(batches, options, token);
}
