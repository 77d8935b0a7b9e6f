namespace AdversarialKit;

/// <summary>
/// What is behind a path, links followed, before it is opened: opening a pipe waits for somebody who writes to it, and
/// reading a device may go on for ever.
/// </summary>
internal static class RegularFile
{
    /// <summary>The bytes of a regular file; 0 for one without, and for pipes and devices, which have no length; null where there is nothing.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static long? Length(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // The length of a link is that of the path in it.
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        return file.Exists ? file.Length : null;
    }
}
