namespace AdversarialKit;

/// <summary>A checkpoint, or a file of one, could not be read or written. The message names the file and the fault.</summary>
/// <remarks>When reading fails with this exception, no network and no other state has been touched.</remarks>
public sealed class CheckpointException : IOException
{
    /// <summary>Reports a fault of one file or directory.</summary>
    /// <param name="filePath">The file or directory that is at fault.</param>
    /// <param name="fault">What is wrong with it: a whole sentence.</param>
    /// <param name="innerException">What the operating system or a parser said, if anything.</param>
    public CheckpointException(string filePath, string fault, Exception? innerException = null)
        : base($"'{filePath}': {fault}", innerException)
    {
        FilePath = filePath;
        Fault = fault;
    }

    /// <summary>The file or directory that is at fault.</summary>
    public string FilePath { get; }

    /// <summary>What is wrong with it, without the path.</summary>
    public string Fault { get; }
}
