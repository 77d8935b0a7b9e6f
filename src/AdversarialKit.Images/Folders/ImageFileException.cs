namespace AdversarialKit;

/// <summary>A file of pictures that cannot be read: damaged, cut off, too large, not a picture, or gone.</summary>
public sealed class ImageFileException : IOException
{
    internal ImageFileException(string path, string reason, Exception? cause = null)
        : base($"'{path}' {reason}. Remove or replace it.", cause)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it, as half a sentence.</summary>
    public string Reason { get; }

    internal ImageFileException Where(string advice) => new(Path, Reason, InnerException, advice);

    private ImageFileException(string path, string reason, Exception? cause, string advice)
        : base($"'{path}' {reason}. Remove or replace it, or {advice}.", cause)
    {
        Path = path;
        Reason = reason;
    }
}
