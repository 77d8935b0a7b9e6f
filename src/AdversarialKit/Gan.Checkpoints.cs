using System.Globalization;

namespace AdversarialKit;

/// <content>Into a checkpoint, and back.</content>
public sealed partial class Gan
{
    /// <summary>The directory of the newest checkpoint that this GAN wrote or was loaded from; null where there is none.</summary>
    public string? Checkpoint { get; private set; }

    /// <summary>Makes the files of checkpoints; tests let it fail.</summary>
    internal Func<string, Stream>? CreateCheckpointFile { get; set; }

    /// <summary>
    /// Writes everything that a run needs to go on bit for bit: weights, average, optimizers, penalties, augmentation,
    /// counters and every generator of randomness, torch's shared one included.
    /// </summary>
    /// <param name="root">The directory that gets a directory for each checkpoint; made where missing.</param>
    /// <param name="retention">Which earlier checkpoints stay. Default: the last 3 and the best.</param>
    /// <param name="metric">The value that <c>best</c> goes by; null or not finite where there is none.</param>
    /// <param name="batches">The batch source, if it is <see cref="IStateful"/>: its position becomes part of the checkpoint.</param>
    /// <returns>The new checkpoint's directory.</returns>
    /// <exception cref="ArgumentException"><paramref name="root"/> is empty.</exception>
    /// <exception cref="CheckpointException">It could not be written; earlier checkpoints are as they were.</exception>
    /// <exception cref="NotSupportedException">An optimizer's state cannot be read: it lies in native code, or in another optimizer that it wraps.</exception>
    /// <exception cref="InvalidOperationException">Two layers of a network have one name, or a module is gone.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public string SaveCheckpoint(string root, CheckpointRetention? retention = null, double? metric = null, IBatchSource? batches = null) =>
        SaveCheckpoint(root, retention ?? new CheckpointRetention(), new CheckpointMetric(metric), batches);

    internal string SaveCheckpoint(string root, CheckpointRetention retention, CheckpointMetric metric, IBatchSource? batches)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentException.ThrowIfNullOrEmpty(root);
        using var telemetry = Telemetry.BeginCheckpoint(Iteration);
        using var scope = NewDisposeScope();
        var counters = new GanCounters(Iteration, _discriminatorStep.Steps, SamplesSeen, _lastDiscriminator.RealSign);
        var content = _state.Capture(counters, batches as IStateful, metric);
        Checkpoint = new CheckpointRoot(root, retention, create: CreateCheckpointFile).Write(content);
        telemetry.Written(Checkpoint);
        GanLog.CheckpointWritten(_logger, Iteration, Checkpoint);
        return Checkpoint;
    }

    /// <summary>
    /// Takes on a checkpoint. Everything is read, verified and compared with what was built before anything changes.
    /// </summary>
    /// <param name="path">A checkpoint's directory, a file <c>latest</c> or <c>best</c>, or the root, which stands for its <c>latest</c>.</param>
    /// <param name="fallBack">Whether to take the newest whole checkpoint of the root <paramref name="path"/> where the latest is faulty.</param>
    /// <param name="batches">The batch source that was saved with it, made in the same way; it goes on at its next batch.</param>
    /// <returns>What was loaded, and what was passed over.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="CheckpointException">
    /// There is no whole checkpoint, or it is of another configuration, all of whose differences are listed; nothing was changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public CheckpointInfo LoadCheckpoint(string path, bool fallBack = false, IBatchSource? batches = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var checkpoint = fallBack ? AdversarialKit.Checkpoint.OpenNewestWhole(path) : AdversarialKit.Checkpoint.Open(path);
        var (counters, threads, batchesLeftOut) = _state.Restore(checkpoint, batches as IStateful);
        Iteration = counters.Iteration;
        SamplesSeen = counters.SamplesSeen;
        _discriminatorStep.Steps = counters.DiscriminatorSteps;
        _lastDiscriminator = new DiscriminatorResult { RealSign = counters.RealSign };
        Checkpoint = checkpoint.DirectoryPath;
        LogWhatWasLoaded(checkpoint, threads, batchesLeftOut);
        return new CheckpointInfo
        {
            Path = checkpoint.DirectoryPath,
            Iteration = checkpoint.Manifest.Iteration,
            Created = checkpoint.Manifest.Created,
            Library = checkpoint.Manifest.Library,
            Description = checkpoint.Manifest.Description,
            Metric = checkpoint.Manifest.Metric,
            Skipped = checkpoint.Skipped,
        };
    }

    private void LogWhatWasLoaded(Checkpoint checkpoint, string threads, bool batchesLeftOut)
    {
        foreach (var skipped in checkpoint.Skipped)
        {
            GanLog.CheckpointSkipped(_logger, skipped.Message);
        }

        GanLog.CheckpointLoaded(_logger, Iteration, checkpoint.DirectoryPath);
        if (threads != get_num_threads().ToString(CultureInfo.InvariantCulture))
        {
            GanLog.ThreadsDiffer(_logger, DisplayText.Quote(threads), get_num_threads());
        }

        if (batchesLeftOut)
        {
            GanLog.BatchesLeftOut(_logger);
        }
    }
}
