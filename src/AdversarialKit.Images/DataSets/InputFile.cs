namespace AdversarialKit;

/// <summary>Opens files that the user names.</summary>
internal static class InputFile
{
    /// <summary>Opens a regular file: opening a pipe would wait for somebody who writes to it, and a device may never end.</summary>
    /// <exception cref="InvalidDataException">The file is empty, or none of those, whatever links lead to it.</exception>
    public static FileStream Open(string path)
    {
        // Pipes and devices have no length; a link's own is that of the path in it.
        var file = new FileInfo(path);
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true);
        return target is FileInfo { Exists: true, Length: 0 }
            ? throw new InvalidDataException($"{path}: the file is empty, or a pipe or a device; only regular files are read.")
            : File.OpenRead(path);
    }
}
