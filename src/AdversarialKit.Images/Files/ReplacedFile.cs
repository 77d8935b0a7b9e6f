namespace AdversarialKit;

/// <summary>Bytes that replace a file: a reader meets the old one or the new one, whole.</summary>
internal static class ReplacedFile
{
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new IOException($"'{path}' is a folder, and a file was to be written. Name a file.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using var file = new ReplacingFile(full);
        file.Stream.Write(content);
        file.Complete();
    }
}
