namespace AdversarialKit;

/// <content>Into a checkpoint, and back.</content>
public sealed partial class Gan
{
    /// <summary>The directory of the newest checkpoint that this GAN wrote or was loaded from; null where there is none.</summary>
    public string? Checkpoint => System.Checkpoint;

    /// <summary>Makes the files of checkpoints; tests let it fail.</summary>
    internal Func<string, Stream>? CreateCheckpointFile
    {
        get => System.CreateCheckpointFile;
        set => System.CreateCheckpointFile = value;
    }

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
        System.SaveCheckpoint(root, retention, metric, batches);

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
    public CheckpointInfo LoadCheckpoint(string path, bool fallBack = false, IBatchSource? batches = null) =>
        System.LoadCheckpoint(path, fallBack, batches);

    /// <summary>Takes weights of another run into the networks, by name and as far as they fit; see <see cref="AdversarialSystem.LoadWeights"/>.</summary>
    /// <param name="path">A checkpoint's directory, a file <c>latest</c> or <c>best</c>, or the root, which stands for its <c>latest</c>.</param>
    /// <param name="rename">Gives the name here for a name there, both as <c>generator/0.weight</c>; null leaves that tensor out. Default: the names are the same.</param>
    /// <param name="partial">Whether to take what fits if not everything does. Default: false, and then nothing is taken.</param>
    /// <returns>What was taken, and what was not.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or <paramref name="rename"/> gives two tensors one name; nothing was changed.</exception>
    /// <exception cref="CheckpointException">There is no whole checkpoint, or, without <paramref name="partial"/>, it does not fit: all differences are listed. Nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public WeightsReport LoadWeights(string path, Func<string, string?>? rename = null, bool partial = false) => System.LoadWeights(path, rename, partial);
}
