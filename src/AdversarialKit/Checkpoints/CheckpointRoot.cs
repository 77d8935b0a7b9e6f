namespace AdversarialKit;

/// <summary>
/// The directory that a run's checkpoints are written to. A checkpoint is written beside its place under a temporary
/// name, flushed and renamed; then <c>latest</c> is pointed at it. Whatever moment the process is killed at, <c>latest</c>
/// names a whole checkpoint.
/// </summary>
internal sealed class CheckpointRoot
{
    private readonly string _root;
    private readonly CheckpointRetention _retention;
    private readonly CheckpointWriter _writer;
    private readonly Func<string, Stream> _create;

    /// <param name="root">The directory; made at the first write.</param>
    /// <param name="retention">Which checkpoints stay.</param>
    /// <param name="clock">Gives the time that the manifest notes.</param>
    /// <param name="create">Makes a file; tests let it fail.</param>
    public CheckpointRoot(
        string root, CheckpointRetention retention, TimeProvider? clock = null, Func<string, Stream>? create = null)
    {
        _root = Path.GetFullPath(root);
        _retention = retention;
        _create = create ?? DurableFile.CreateFile;
        _writer = new CheckpointWriter(clock ?? TimeProvider.System, _create);
    }

    /// <summary>The lock of the run that writes here, where it is one of this GAN's.</summary>
    public RunLock? Held { get; init; }

    /// <summary>Writes a checkpoint, points <c>latest</c> and perhaps <c>best</c> at it, and removes those that are no longer kept.</summary>
    /// <returns>The new checkpoint's directory.</returns>
    /// <exception cref="ArgumentException">The content cannot be saved: a name, a type or a disposed tensor.</exception>
    /// <exception cref="CheckpointException">The disk is full, or not writable, or another process writes there. Earlier checkpoints are as they were.</exception>
    public string Write(CheckpointContent content)
    {
        CheckpointWriter.Check(content);
        try
        {
            // Under the lock, what bears a temporary's name is of a writer that died.
            using var onlyWriter = Held?.Root == _root ? null : RunLock.Take(_root);
            DeleteLeftovers();
            var directory = WriteDirectory(content);
            Point(directory, content);
            Prune(directory);
            return directory;
        }
        catch (Exception error) when (DurableFile.IsOfTheDisk(error))
        {
            throw new CheckpointException(_root, $"The checkpoint of iteration {content.Iteration} could not be written; earlier ones are as they were. {error.Message}", error);
        }
    }

    private void DeleteLeftovers()
    {
        foreach (var path in Directory.GetFileSystemEntries(_root).Where(path => TemporaryFile.IsName(Path.GetFileName(path))))
        {
            DurableFile.DeleteQuietly(path);
        }
    }

    private string WriteDirectory(CheckpointContent content)
    {
        var temporary = Path.Combine(_root, TemporaryFile.NewName());
        try
        {
            Directory.CreateDirectory(temporary);
            _writer.Write(temporary, content, NextSequence());
            var directory = FreeDirectory(content.Iteration);
            Directory.Move(temporary, directory);
            DurableFile.SyncDirectory(_root);
            return directory;
        }
        catch
        {
            DurableFile.DeleteQuietly(temporary);
            throw;
        }
    }

    private string FreeDirectory(long iteration)
    {
        for (var revision = 1; ; revision++)
        {
            var directory = Path.Combine(_root, CheckpointNames.Directory(iteration, revision));
            if (!Path.Exists(directory))
            {
                return directory;
            }
        }
    }

    private long NextSequence()
    {
        if (CheckpointPointer.TryResolve(Pointer(CheckpointNames.Latest)) is { } latest && TryReadManifest(latest) is { } manifest)
        {
            return manifest.Sequence + 1;
        }

        return 1 + CheckpointListing.NewestFirst(_root, new List<CheckpointException>())
            .Select(entry => entry.Manifest.Sequence).FirstOrDefault();
    }

    private void Point(string directory, CheckpointContent content)
    {
        if (content.BeginsRun)
        {
            File.Delete(Pointer(CheckpointNames.Best));
        }

        if (content.Metric is { } value && double.IsFinite(value) && IsBest(value, content.Values))
        {
            CheckpointPointer.Write(Pointer(CheckpointNames.Best), directory, _create);
        }

        CheckpointPointer.Write(Pointer(CheckpointNames.Latest), directory, _create);
    }

    private bool IsBest(double metric, IReadOnlyDictionary<string, string> values)
    {
        if (CheckpointPointer.TryResolve(Pointer(CheckpointNames.Best)) is not { } best
            || TryReadManifest(best) is not { Metric: { } bestSoFar } manifest
            || manifest.Values.GetValueOrDefault(CheckpointMetric.Key) != values.GetValueOrDefault(CheckpointMetric.Key))
        {
            return true;
        }

        return _retention.MetricDirection == MetricDirection.LowerIsBetter ? metric < bestSoFar : metric > bestSoFar;
    }

    // Only what has a manifest that can be read is ever deleted: a checkpoint of a later version is not ours to judge.
    private void Prune(string justWritten)
    {
        if (CheckpointListing.Directories(_root).Count <= _retention.KeepLast)
        {
            return;
        }

        var best = CheckpointPointer.TryResolve(Pointer(CheckpointNames.Best));
        foreach (var (directory, _) in CheckpointListing.NewestFirst(_root, new List<CheckpointException>()).Skip(_retention.KeepLast))
        {
            if (directory != justWritten && directory != best)
            {
                Delete(directory);
            }
        }
    }

    // Renamed first: a deletion that is cut short must not leave half a checkpoint under a checkpoint's name.
    private void Delete(string directory)
    {
        var temporary = Path.Combine(_root, TemporaryFile.NewName());
        try
        {
            Directory.Move(directory, temporary);
        }
        catch (Exception error) when (DurableFile.IsOfTheDisk(error))
        {
            // Somebody reads it just now, on a system where that forbids a rename. The next write tries again.
            return;
        }

        DurableFile.DeleteQuietly(temporary);
    }

    private static CheckpointManifest? TryReadManifest(string directory)
    {
        try
        {
            return ManifestFile.Read(directory);
        }
        catch (CheckpointException)
        {
            return null;
        }
    }

    private string Pointer(string name) => Path.Combine(_root, name);
}
