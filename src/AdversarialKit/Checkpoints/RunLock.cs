namespace AdversarialKit;

/// <summary>
/// Keeps a directory of checkpoints for one run, from before its first callback to after its last: a second run is refused
/// before it has touched a log or a report. The system that holds it may write there at any time.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly AdversarialSystem _system;
    private readonly WriterLock _lock;

    private RunLock(AdversarialSystem system, string root, WriterLock held)
    {
        (_system, Root, _lock) = (system, root, held);
        system.RunLock = this;
    }

    public string Root { get; }

    /// <summary>Takes the lock of a root.</summary>
    /// <param name="root">The directory, made where missing.</param>
    /// <exception cref="CheckpointException">Another writer holds it.</exception>
    /// <exception cref="IOException">The lock cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The lock cannot be made.</exception>
    public static WriterLock Take(string root)
    {
        Directory.CreateDirectory(root);
        var path = Path.Combine(root, CheckpointNames.Lock);
        return WriterLock.TryTake(path) ?? throw new CheckpointException(
            path, "Another run writes checkpoints to this directory, from this process or another one, and holds the lock until it ends. Give every run a directory of its own.");
    }

    /// <summary>For the time of a run that writes checkpoints; null where it writes none, or goes on although it cannot now.</summary>
    /// <exception cref="CheckpointException">Another run has the directory, or nothing can be written there and <see cref="CheckpointOptions.OnFailure"/> says stop.</exception>
    public static RunLock? Of(AdversarialSystem system, CheckpointOptions? options)
    {
        if (options is null)
        {
            return null;
        }

        var root = Path.GetFullPath(options.Directory);
        try
        {
            return new RunLock(system, root, Take(root));
        }
        catch (Exception error) when (DurableFile.IsOfTheDisk(error))
        {
            var fault = new CheckpointException(root, $"No checkpoint can be written here. {error.Message}", error);
            if (options.OnFailure == CheckpointFailure.Stop)
            {
                throw fault;
            }

            GanLog.CheckpointFailed(system.Logger, system.Iteration, fault);
            return null;
        }
    }

    public void Dispose()
    {
        _system.RunLock = null;
        _lock.Dispose();
    }
}
