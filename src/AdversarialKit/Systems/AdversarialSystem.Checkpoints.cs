using System.Globalization;

namespace AdversarialKit;

/// <content>Into a checkpoint, and back.</content>
public sealed partial class AdversarialSystem
{
    /// <summary>The directory of the newest checkpoint that this system wrote or was loaded from; null where there is none.</summary>
    public string? Checkpoint { get; private set; }

    /// <summary>The directory that a run of this system has to itself just now; null between runs.</summary>
    internal RunLock? RunLock { get; set; }

    /// <summary>Makes the files of checkpoints; tests let it fail.</summary>
    internal Func<string, Stream>? CreateCheckpointFile { get; set; }

    /// <summary>
    /// Writes everything that a run needs to go on bit for bit: weights, averages, optimizers, pieces,
    /// counters and every generator of randomness, torch's shared one included.
    /// </summary>
    /// <param name="root">The directory that gets a directory for each checkpoint; made where missing.</param>
    /// <param name="retention">Which earlier checkpoints stay. Default: the last 3 and the best.</param>
    /// <param name="metric">The value that <c>best</c> goes by; null or not finite where there is none.</param>
    /// <param name="batches">The batch source, if it is <see cref="IStateful"/>: its position becomes part of the checkpoint.</param>
    /// <returns>The new checkpoint's directory.</returns>
    /// <exception cref="ArgumentException"><paramref name="root"/> is empty.</exception>
    /// <exception cref="CheckpointException">It could not be written; earlier checkpoints are as they were.</exception>
    /// <exception cref="NotSupportedException">An optimizer keeps its state in native code, as LBFGS does.</exception>
    /// <exception cref="InvalidOperationException">Two layers of a network have one name, or a module is gone.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public string SaveCheckpoint(string root, CheckpointRetention? retention = null, double? metric = null, IBatchSource? batches = null) =>
        SaveCheckpoint(root, retention ?? new CheckpointRetention(), new CheckpointMetric(metric), batches);

    internal string SaveCheckpoint(string root, CheckpointRetention retention, CheckpointMetric metric, IBatchSource? batches)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        var (iteration, path) = Write(root, retention, metric, batches);
        GanLog.CheckpointWritten(_logger, iteration, path);
        return path;
    }

    // Logged by who called, when the system is free again: a logger may wait for a thread that waits for it.
    private (long Iteration, string Path) Write(string root, CheckpointRetention retention, CheckpointMetric metric, IBatchSource? batches)
    {
        using var held = _gate.Enter();
        ThrowIfDisposed();
        using var telemetry = Telemetry.BeginCheckpoint(Iteration);
        using var scope = NewDisposeScope();
        var content = _state.Capture(SystemCounters.Of(this), batches as IStateful, metric);
        content = Team is { } team ? _state.WithOtherRanks(team, content, batches as IStateful) : content;
        string WriteHere() => new CheckpointRoot(Path.GetFullPath(root), retention, create: CreateCheckpointFile) { Held = RunLock }.Write(content);
        Checkpoint = Team is null ? WriteHere() : WriteTogether(Team, root, WriteHere);
        telemetry.Written(Checkpoint);
        return (Iteration, Checkpoint);
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
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public CheckpointInfo LoadCheckpoint(string path, bool fallBack = false, IBatchSource? batches = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        (Checkpoint Checkpoint, CheckpointInfo Info) LoadHere()
        {
            var (checkpoint, threads, batchesLeftOut) = Restore(path, fallBack, batches);
            LogWhatWasLoaded(checkpoint, threads, batchesLeftOut);
            return (checkpoint, InfoOf(checkpoint, threads));
        }

        return Team is null ? LoadHere().Info : RestoreTogether(Team, LoadHere, batches as IStateful);
    }

    private static CheckpointInfo InfoOf(Checkpoint checkpoint, string threads) => new()
    {
        Path = checkpoint.DirectoryPath,
        Iteration = checkpoint.Manifest.Iteration,
        Created = checkpoint.Manifest.Created,
        Library = checkpoint.Manifest.Library,
        Description = checkpoint.Manifest.Description,
        Metric = checkpoint.Manifest.Metric,
        Threads = int.TryParse(threads, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null,
        Skipped = checkpoint.Skipped,
    };

    private (Checkpoint Checkpoint, string Threads, bool BatchesLeftOut) Restore(string path, bool fallBack, IBatchSource? batches)
    {
        using var held = _gate.Enter();
        ThrowIfDisposed();
        var checkpoint = fallBack ? AdversarialKit.Checkpoint.OpenNewestWhole(path) : AdversarialKit.Checkpoint.Open(path);
        var isOfAsMany = SystemState.RanksOf(checkpoint) == (Team?.Size ?? 1);
        var (counters, threads, batchesLeftOut) = _state.Restore(checkpoint, isOfAsMany ? batches as IStateful : null);
        counters.ApplyTo(this);
        _shared.Clear();
        Checkpoint = checkpoint.DirectoryPath;
        return (checkpoint, threads, batchesLeftOut);
    }

    private void LogWhatWasLoaded(Checkpoint checkpoint, string threads, bool batchesLeftOut)
    {
        foreach (var skipped in checkpoint.Skipped)
        {
            GanLog.CheckpointSkipped(_logger, skipped.Message);
        }

        GanLog.CheckpointLoaded(_logger, checkpoint.Manifest.Iteration, checkpoint.DirectoryPath);
        if (threads != get_num_threads().ToString(CultureInfo.InvariantCulture))
        {
            GanLog.ThreadsDiffer(_logger, DisplayText.Quote(threads), get_num_threads());
        }

        if (SystemState.RanksOf(checkpoint) is var ranks && ranks != (Team?.Size ?? 1))
        {
            GanLog.RanksDiffer(_logger, ranks, Team?.Size ?? 1);
        }
        else if (batchesLeftOut)
        {
            GanLog.BatchesLeftOut(_logger);
        }
    }
}
